using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Generators.Tests.Weights;

/// <summary>When files are read.</summary>
public sealed class IncrementalWeightsTests
{
    private const string Source = Compile.Usings + Sources.Elman + Sources.Lstm + """
        [Model, Input(2), Layer<Elman>(3), Weights("w.safetensors")] public sealed partial class Small;
        [Model, Input(2), Layer<Lstm>(3)] public sealed partial class Other;
        public static class Elsewhere { public static int Answer => 42; }
        """;

    private static readonly string[] WeightSteps = [Steps.WeightPaths, Steps.WeightFiles, Steps.LinkedWeights, Steps.WeightsOutcomes];

    [Theory]
    [InlineData("=> 42", "=> 43")]
    [InlineData("using FastRnn;\n", "// another line\nusing FastRnn;\n")]
    [InlineData("Layer<Lstm>(3)", "Layer<Lstm>(4)")]
    public void An_edit_elsewhere_reads_nothing(string old, string @new)
    {
        var (before, after) = Twice(Source, Source.Replace(old, @new, StringComparison.Ordinal), (files, first) => first);

        foreach (var step in WeightSteps)
            Assert.All(Reasons(after, step), reason => Assert.True(IsUnchanged(reason), $"{step}: {reason}"));
        Assert.All(Reasons(after, Steps.WeightFiles), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(Text(before), Text(after));
    }

    [Fact]
    public void Another_file_of_the_project_concerns_no_model()
    {
        var (_, after) = Twice(Source, Source, (files, first) => [.. first, files.Add("x.safetensors", [])]);

        Assert.Single(Reasons(after, Steps.WeightFiles), IncrementalStepRunReason.Cached);
        Assert.All(Reasons(after, Steps.WeightsOutcomes), reason => Assert.True(IsUnchanged(reason)));
    }

    [Fact]
    public void A_file_that_changes_is_read_and_written_again_and_nothing_else()
    {
        var (before, after) = Twice(Source, Source, (files, first) => [
            files.Add("w.safetensors", new TensorFile().AddAny("b_l0", 3).AddAny("W_l0", 3, 2).AddAny("U_l0", 3, 3).ToBytes())]);

        Assert.Contains(Reasons(after, Steps.WeightFiles), reason => !IsUnchanged(reason));
        Assert.Single(Reasons(after, Steps.WeightsOutcomes), IncrementalStepRunReason.Modified);
        Assert.All(Reasons(after, Steps.ModelGraphs), reason => Assert.True(IsUnchanged(reason)));
        Assert.NotEqual(Text(before), Text(after));
        Assert.Single(after.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(s => s.Outputs), o =>
            o.Reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void The_same_bytes_written_again_are_no_change()
    {
        var (_, after) = Twice(Source, Source, (files, first) => [files.Add("w.safetensors", WeightsCase.File.ToBytes())]);

        Assert.All(Reasons(after, Steps.LinkedWeights), reason => Assert.True(IsUnchanged(reason)));
    }

    [Fact]
    public void A_problem_moves_with_its_class_and_goes_with_its_cause()
    {
        var wrong = Source.Replace("Input(2), Layer<Elman>", "Input(1), Layer<Elman>", StringComparison.Ordinal);
        var (before, moved) = Twice(wrong, "\n\n\n" + wrong, (files, first) => first);
        var (_, mended) = Twice(wrong, Source, (files, first) => first);

        Assert.Equal(
            Assert.Single(before.Diagnostics).Location.SourceSpan.Start + 3, Assert.Single(moved.Diagnostics).Location.SourceSpan.Start);
        Assert.All(Reasons(moved, Steps.WeightsOutcomes), reason => Assert.True(IsUnchanged(reason)));
        Assert.Empty(mended.Diagnostics);
    }

    private static (GeneratorRunResult Before, GeneratorRunResult After) Twice(
        string source, string then, Func<TemporaryFiles, AdditionalText[], AdditionalText[]> change)
    {
        using var files = new TemporaryFiles();
        AdditionalText[] first = [files.Add("w.safetensors", WeightsCase.File.ToBytes())];
        var before = Compile.Library("Test", [source]);
        var driver = Compile.Driver(files: first).RunGenerators(before);
        var old = driver.GetRunResult().Results[0];
        var tree = before.SyntaxTrees[^1];
        var after = before.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(then, Compile.ParseOptions, tree.FilePath));
        return (old, driver.ReplaceAdditionalTexts([.. change(files, first)]).RunGenerators(after).GetRunResult().Results[0]);
    }

    private static string Text(GeneratorRunResult result) =>
        result.GeneratedSources.Single(s => s.HintName == "Small.weights.g.cs").SourceText.ToString();

    private static bool IsUnchanged(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);
}
