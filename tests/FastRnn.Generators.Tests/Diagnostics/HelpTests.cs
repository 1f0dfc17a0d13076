using FastRnn.Generators.Diagnostics;

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
    public void Every_diagnostic_has_a_paragraph_of_help_under_its_title()
    {
        var lines = File.ReadAllLines(Path.Combine(Root, "generators", "diagnostics.md"));

        foreach (var descriptor in Descriptors.All)
        {
            var heading = Array.IndexOf(lines, $"## {descriptor.Id}: {descriptor.Title}");
            Assert.True(heading >= 0, $"no heading '## {descriptor.Id}: {descriptor.Title}'");
            Assert.True(lines[heading + 2].Length > 40, $"no paragraph under {descriptor.Id}");
        }

        Assert.Equal(Descriptors.All.Count, lines.Count(line => line.StartsWith("## FRNN", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_descriptor_is_in_the_list() =>
        Assert.Equal(
            typeof(Descriptors).GetFields().Where(f => f.FieldType == typeof(Microsoft.CodeAnalysis.DiagnosticDescriptor))
                .Select(f => ((Microsoft.CodeAnalysis.DiagnosticDescriptor)f.GetValue(null)!).Id),
            Descriptors.All.Select(d => d.Id));
}
