using System.Collections.Immutable;
using System.Text;

using FastRnn.Generators.Analyzers;
using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace FastRnn.Generators.Tests.Analyzers;

public class FixableAnalyzerTests
{
    // A warning alone: the file of problems is compiled.
    private const string Unused = """

        [Cell] public sealed partial class Test
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Mat<Hidden, Hidden> U;
            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h)
            {
                var unused = Tanh(h);
                h = Tanh(W * x + U * h);
                return h;
            }
        }
        """;

    [Fact]
    public async Task Places_count_for_the_text_that_the_generator_read()
    {
        var whole = Generate(Tree("/sources/0.cs", Unused));

        var found = Assert.Single(await Diagnose(whole));

        Assert.Equal("FRNN032", found.Properties["Id"]);
        Assert.Equal("unused", found.Location.SourceTree!.GetText().ToString(found.Location.SourceSpan));
    }

    [Theory]
    [InlineData("\n// another line\n")]
    [InlineData(" ")]
    public async Task Of_another_text_nothing_is_said(string above)
    {
        var tree = Tree("0.cs", Unused);
        var whole = Generate(tree);

        Assert.Empty(await Diagnose(whole.ReplaceSyntaxTree(tree, Tree("0.cs", above + Unused))));
        Assert.Single(await Diagnose(whole.ReplaceSyntaxTree(tree, Tree("0.cs", Unused))));
    }

    [Fact]
    public void What_is_compiled_does_not_tell_in_which_folder()
    {
        string[] folders = ["/one/project/", "/build/", @"C:\build\"];

        var files = folders.Select(folder => Generate(Tree(folder + "Cells.cs", Unused)).SyntaxTrees
            .Single(t => t.FilePath.EndsWith("FastRnn-problems.g.cs", StringComparison.Ordinal)).ToString()).Distinct();

        var file = Assert.Single(files);
        Assert.EndsWith(" Cells.cs\n", file, StringComparison.Ordinal);
        Assert.DoesNotContain("build", file, StringComparison.Ordinal);
    }

    private static SyntaxTree Tree(string path, string source) =>
        CSharpSyntaxTree.ParseText(SourceText.From(Compile.Usings + source, Encoding.UTF8), Compile.ParseOptions, path);

    private static Compilation Generate(SyntaxTree tree)
    {
        Compile.Driver(track: false)
            .RunGeneratorsAndUpdateCompilation(Compile.Library("Test", []).AddSyntaxTrees(tree), out var whole, out var problems);
        Assert.Equal(DiagnosticSeverity.Warning, Assert.Single(problems).Severity);
        return whole;
    }

    private static Task<ImmutableArray<Diagnostic>> Diagnose(Compilation compilation) =>
        compilation.WithAnalyzers([new FixableAnalyzer()]).GetAnalyzerDiagnosticsAsync();
}
