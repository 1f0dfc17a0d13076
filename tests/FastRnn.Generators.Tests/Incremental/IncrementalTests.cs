using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Generators.Tests.Incremental;

public class IncrementalTests
{
    private const string Source =
        "// the head of the file\n" + Compile.Usings + Sources.Elman + Sources.Lstm + """

        [Model, Input(3), Layer<Elman>(5), Dense(2)] public sealed partial class Small;
        [Model, Input(3), Layer<Lstm>(5), Dense(2)] public sealed partial class Large;
        [Loss] public sealed partial class Far { public Vec<Target> Step(Vec<Target> z, Vec<Target> y) => Mean(Abs(z - y)); }
        public static class Elsewhere { public static int Answer => 42; }
        """;

    private static readonly string[] AfterTheGate =
    [
        Steps.Cells, Steps.CellOutcomes, Steps.CellMembers, Steps.Models, Steps.LinkedModels, Steps.ModelOutcomes, Steps.Widths,
        Steps.ModelsOfWidths, Steps.ModelGraphs, Steps.ModelPlans, Steps.KernelSets,
        Steps.NamedPlans, Steps.KernelPlans, Steps.HintNames, Steps.Losses, Steps.LossOutcomes, Steps.LossPlans,
    ];

    [Theory]
    [InlineData("=> 42", "=> 43")]
    [InlineData("// the head of the file\n", "// the head of the file\n// has another line\n")]
    [InlineData("public static class Elsewhere", "public static class Elsewhere2;\npublic static class Elsewhere")]
    public void An_edit_elsewhere_in_the_file_costs_nothing(string old, string @new)
    {
        var result = Edit(old, @new);

        foreach (var step in AfterTheGate)
        {
            Assert.All(Reasons(result, step), reason => Assert.True(IsUnchanged(reason), $"{step}: {reason}"));
        }

        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void Another_layout_of_a_cell_is_read_and_analysed_but_not_written_again()
    {
        var result = Edit("h = Tanh(W * x + U * h + b);", "/* a comment */ h = Tanh(W * x +\n   U * h + b); // and white space");

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(result, Steps.Cells).Order());
        Assert.All(Reasons(result, Steps.CellOutcomes), reason => Assert.True(IsUnchanged(reason)));
        Assert.All(Reasons(result, Steps.ModelOutcomes), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.All(OutputReasons(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void Another_equation_concerns_its_cell_and_the_models_that_name_it()
    {
        var result = Edit("h = Tanh(W * x + U * h + b);", "h = Relu(W * x + U * h + b);");

        Assert.Single(Reasons(result, Steps.CellMembers), IncrementalStepRunReason.Modified);
        Assert.Single(Reasons(result, Steps.LinkedModels), IncrementalStepRunReason.Modified);
        Assert.Single(Reasons(result, Steps.LinkedModels), IncrementalStepRunReason.Unchanged);
        Assert.Single(Reasons(result, Steps.ModelGraphs), IncrementalStepRunReason.Modified);
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(result, Steps.ModelPlans).Order());
    }

    [Fact]
    public void Another_loss_concerns_its_class_only()
    {
        var source = Source + "[Model, Input(3), Layer<Elman>(5), Dense(2), Loss<Far>] public sealed partial class Told;";
        var result = Edit("Mean(Abs(z - y))", "Sum(Abs(z - y))", source);

        Assert.Single(Reasons(result, Steps.LossPlans), IncrementalStepRunReason.Modified);
        Assert.All(Reasons(result, Steps.LinkedModels), reason => Assert.True(IsUnchanged(reason)));
    }

    [Fact]
    public void Another_size_concerns_its_model_only()
    {
        var result = Edit("Layer<Elman>(5)", "Layer<Elman>(6)");

        Assert.All(Reasons(result, Steps.CellOutcomes), reason => Assert.True(IsUnchanged(reason)));
        Assert.Single(Reasons(result, Steps.ModelOutcomes), IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void Another_size_writes_the_kernels_of_its_model_only()
    {
        var result = Edit("Layer<Lstm>(5)", "Layer<Lstm>(6)");

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged], Reasons(result, Steps.NamedPlans).Order());
        Assert.Equal(6, Reasons(result, Steps.KernelPlans).Count(IsUnchanged));
    }

    [Fact]
    public void A_cell_of_another_assembly_is_read_once_for_all_models_that_name_it()
    {
        var result = Edit("Gru>(5)", "Gru>(7)", Compile.Usings + """
            [Model, Input(3), Layer<FastRnn.Cells.Gru>(5), Dense(2)] public sealed partial class One;
            [Model, Input(3), Layer<FastRnn.Cells.Gru>(6), Layer<FastRnn.Cells.Gru>(6), Dense(2)] public sealed partial class Other;
            """);

        Assert.True(IsUnchanged(Assert.Single(Reasons(result, Steps.RecordedCells))));
        Assert.Single(Reasons(result, Steps.LinkedModels), IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void A_problem_moves_with_its_class_without_being_found_again()
    {
        var source = Source.Replace("Layer<Elman>(5)", "Layer<Elman>(0)", StringComparison.Ordinal);

        var result = Edit("// the head of the file\n", "\n\n\n", source);

        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("0", diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, 1));
        Assert.All(Reasons(result, Steps.ModelOutcomes), reason => Assert.True(IsUnchanged(reason)));
    }

    [Fact]
    public void Equal_sources_make_equal_values()
    {
        var (first, second) = (Compile.Generate(Source + Sources.Translate), Compile.Generate(Source + Sources.Translate));

        foreach (var step in AfterTheGate)
        {
            var pairs = Values(first, step).Zip(Values(second, step));
            Assert.All(pairs, pair =>
            {
                Assert.NotSame(pair.First, pair.Second);
                Assert.Equal(pair.First, pair.Second);
                Assert.Equal(pair.First.GetHashCode(), pair.Second.GetHashCode());
            });
        }
    }

    private static GeneratorRunResult Edit(string old, string @new, string source = Source)
    {
        Assert.Contains(old, source, StringComparison.Ordinal);
        var before = Compile.Library("Test", [source]);
        var driver = Compile.Driver().RunGenerators(before);
        var tree = before.SyntaxTrees[^1];
        var text = CSharpSyntaxTree.ParseText(source.Replace(old, @new, StringComparison.Ordinal), Compile.ParseOptions, tree.FilePath);
        return driver.RunGenerators(before.ReplaceSyntaxTree(tree, text)).GetRunResult().Results[0];
    }

    private static bool IsUnchanged(IncrementalStepRunReason reason) =>
        reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged;

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);

    private static IEnumerable<object> Values(GeneratorRunResult result, string step) =>
        result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Value);

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(s => s.Outputs).Select(o => o.Reason);
}
