using System.Globalization;

using FastRnn.Generators.Analyzers;
using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Diagnostics;

public class HelpTests
{
    private static string Root
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "FastRnn.sln")))
            {
                folder = folder.Parent ?? throw new InvalidOperationException("FastRnn.sln is in no folder above the tests.");
            }

            return folder.FullName;
        }
    }

    [Fact]
    public void Every_diagnostic_of_a_declaration_has_a_paragraph_of_help_under_its_title() => HasHelp(Descriptors.All, "diagnostics.md");

    [Fact]
    public void Every_diagnostic_of_a_use_has_a_paragraph_of_help_under_its_title() => HasHelp(UseDescriptors.All, "uses.md");

    [Fact]
    public void Help_on_a_use_shows_what_is_right() => Assert.All(
        UseDescriptors.All.Where(d => d.Id is not ("FRNN060" or "FRNN099")),
        descriptor =>
            Assert.Contains("```csharp\n", descriptor.Description.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));

    private static void HasHelp(IReadOnlyList<DiagnosticDescriptor> descriptors, string page)
    {
        var lines = File.ReadAllLines(Path.Combine(Root, "generators", page));

        foreach (var descriptor in descriptors)
        {
            var heading = Array.IndexOf(lines, $"## {descriptor.Id}: {descriptor.Title}");
            Assert.True(heading >= 0, $"no heading '## {descriptor.Id}: {descriptor.Title}'");
            Assert.True(lines[heading + 2].Length > 40, $"no paragraph under {descriptor.Id}");

            // What an editor shows under the message.
            Assert.StartsWith(lines[heading + 2], descriptor.Description.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }

        Assert.Equal(descriptors.Count, lines.Count(line => line.StartsWith("## FRNN", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(typeof(Descriptors))]
    [InlineData(typeof(UseDescriptors))]
    public void Every_descriptor_is_in_the_list(Type descriptors) => Assert.Equal(
        descriptors.GetFields()
            .Where(f => f.FieldType == typeof(DiagnosticDescriptor)).Select(f => ((DiagnosticDescriptor)f.GetValue(null)!).Id),
        ((IReadOnlyList<DiagnosticDescriptor>)descriptors.GetField("All")!.GetValue(null)!).Select(d => d.Id));
}
