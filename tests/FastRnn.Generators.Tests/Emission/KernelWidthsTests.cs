using FastRnn.Generators.Analysis;
using FastRnn.Generators.Tests.Harness;
using FastRnn.Generators.Tests.Weights;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Emission;

/// <summary>The property <c>FastRnnWidths</c> of a project.</summary>
public sealed class KernelWidthsTests
{
    private const string Source = Sources.Elman + "[Model, Input(2), Layer<Elman>(3)] public sealed partial class Small;";

    [Theory]
    [InlineData("", "128 256 512")]
    [InlineData("512", "512")]
    [InlineData(" 512; 128 ", "128 512")]
    [InlineData("256,512,256", "256 512")]
    [InlineData("512+256+128", "128 256 512")]
    [InlineData("512;1024", "128 256 512")]
    public void Three_characters_separate_widths_and_their_order_says_nothing(string property, string expected) =>
        Assert.Equal(expected, string.Join(' ', KernelWidths.Parse(property).Bits));

    [Fact]
    public void Files_and_cases_are_those_of_the_widths_of_the_project()
    {
        var compilation = Compile.Library(Source);
        var result = Run(Driver("256+512"), compilation, out var output);

        Assert.Empty(output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        Assert.Equal(["Elman_2x3.W256.g.cs", "Elman_2x3.W512.g.cs"],
            result.GeneratedSources.Select(s => s.HintName).Where(name => name.Contains(".W", StringComparison.Ordinal)).Order());
        var choice = Text(result, "Small.Kernels.g.cs");
        Assert.Contains("Bits512) when global::FastRnn.SimdWidths.Has512:", choice, StringComparison.Ordinal);
        Assert.Contains("case (0, global::FastRnn.SimdWidth.Bits256):", choice, StringComparison.Ordinal);
        var text = Text(result, "Small.g.cs");
        Assert.DoesNotContain("Bits128", choice + text, StringComparison.Ordinal);
        Assert.Contains("Widths = [global::FastRnn.SimdWidth.Bits256, global::FastRnn.SimdWidth.Bits512],", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Widths = ", Text(Compile.Generate(compilation), "Small.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_width_is_an_error_and_nothing_is_left_out()
    {
        var result = Run(Driver("512;64"), Compile.Library(Source), out _);

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("FRNN055", diagnostic.Id);
        Assert.Contains("'64'", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(3, result.GeneratedSources.Count(s => s.HintName.Contains(".W", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("512+128", "SimdWidth.Auto, [])")]
    [InlineData("512+256", "SimdWidth.Bits256, [true])")]
    public void Weights_in_the_order_of_kernels_that_are_not_there_are_in_that_of_the_parameters(string widths, string expected)
    {
        using var files = new TemporaryFiles();
        var source =
            Source.Replace("Layer<Elman>(3)", "Layer<Elman>(3), Weights(\"w.safetensors\", Width = 256)", StringComparison.Ordinal);

        var result = Run(Driver(widths, files.Add("w.safetensors", WeightsCase.File.ToBytes())), Compile.Library(source), out _);

        Assert.Empty(result.Diagnostics);
        Assert.Contains(expected, Text(result, "Small.weights.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_elsewhere_and_the_same_widths_in_other_words_write_nothing_again()
    {
        var compilation = Compile.Library(Source);
        var driver = Driver("512+256")
            .RunGenerators(compilation).WithUpdatedAnalyzerConfigOptions(new BuildProperties((KernelWidths.Property, "256;512")));

        var result = Run(
            driver, compilation.AddSyntaxTrees(Compile.Library("// elsewhere").SyntaxTrees.Single().WithFilePath("elsewhere.cs")), out _);

        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(result, Steps.Widths));
        Assert.All(Reasons(result, Steps.ModelsOfWidths), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(s => s.Outputs), output =>
            Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void Other_widths_write_models_again_and_analyse_nothing()
    {
        var compilation = Compile.Library(Source);
        var driver = Driver("512").RunGenerators(compilation).WithUpdatedAnalyzerConfigOptions(new BuildProperties());

        var result = Run(driver, compilation, out _);

        Assert.All(Reasons(result, Steps.ModelOutcomes), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(result, Steps.ModelsOfWidths));
    }

    private static GeneratorDriver Driver(string widths, params AdditionalText[] files) =>
        Compile.Driver(files: files).WithUpdatedAnalyzerConfigOptions(new BuildProperties((KernelWidths.Property, widths)));

    private static GeneratorRunResult Run(GeneratorDriver driver, Compilation compilation, out Compilation output) =>
        driver.RunGeneratorsAndUpdateCompilation(compilation, out output, out _).GetRunResult().Results[0];

    private static string Text(GeneratorRunResult result, string hint) =>
        result.GeneratedSources.Single(s => s.HintName == hint).SourceText.ToString();

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);
}
