using FastRnn.Generators.Analysis;
using FastRnn.Generators.Differentiation;
using FastRnn.Generators.Parsing;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Tests.Harness;

/// <summary>The values between the stages, from the text of a cell.</summary>
internal static class Graphs
{
    public static CellGraph Cell(string name, string source)
    {
        var spec = CellReader.Read(name, source, out var problem);
        Assert.True(spec is not null, problem);
        var outcome = CellAnalyzer.Analyze(spec);
        Assert.Empty(outcome.Problems);
        return outcome.Graph!;
    }

    public static StepGraph Step(string name, string source) => LinearForms.Gather(Cell(name, source));

    public static AdjointGraph Adjoint(string name, string source) => Differentiator.Differentiate(Step(name, source));

    public static LayerGraph Layer(string name, string source, int input, int hidden, params int[] own) =>
        new(Cell(name, source), false, DenseActivation.Linear, input, hidden, new(own));

    public static LayerPlan Plan(string name, string source, int input, int hidden, params int[] own) =>
        LayerScheduler.Schedule(Layer(name, source, input, hidden, own), isFirst: true, isOneHot: false);
}
