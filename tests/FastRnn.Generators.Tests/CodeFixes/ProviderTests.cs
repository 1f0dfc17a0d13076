using System.Reflection;

using FastRnn.CodeFixes;
using FastRnn.Generators.Analyzers;
using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis.CodeFixes;

namespace FastRnn.Generators.Tests.CodeFixes;

public class ProviderTests
{
    private static readonly List<Type> Fixes = [.. typeof(SourceFix).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SourceFix)))];

    [Fact]
    public void Editors_find_every_fix() => Assert.All(Fixes, fix =>
    {
        var export = fix.GetCustomAttribute<ExportCodeFixProviderAttribute>();
        Assert.NotNull(export);
        Assert.Equal(fix.Name, export.Name);
        Assert.Equal(["C#"], export.Languages);
        Assert.NotNull(fix.GetConstructor([]));
    });

    [Fact]
    public void Every_fix_is_for_known_diagnostics() => Assert.All(Fixes, fix =>
        Assert.Subset(
            Descriptors.All.Concat(UseDescriptors.All).Select(d => d.Id).ToHashSet(),
            ((SourceFix)Activator.CreateInstance(fix)!).FixableDiagnosticIds.ToHashSet()));

    [Fact]
    public void The_compiler_is_not_asked_to_load_an_editor() => Assert.DoesNotContain(
        typeof(FastRnnGenerator).Assembly.GetReferencedAssemblies(), a =>
            a.Name!.Contains("Workspaces", StringComparison.Ordinal) || a.Name.Contains("CodeFixes", StringComparison.Ordinal));
}
