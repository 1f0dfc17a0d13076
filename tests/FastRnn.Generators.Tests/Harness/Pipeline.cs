using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Parsing;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Harness;

/// <summary>What the stages made of a source that is right.</summary>
internal static class Pipeline
{
    public static IReadOnlyList<CellSpec> CellSpecs(string source) => Values<CellSpec>(Compile.Generate(source), Steps.Cells);

    public static IReadOnlyList<CellOutcome> Cells(string source) => Values<CellOutcome>(Compile.Generate(source), Steps.CellOutcomes);

    public static CellGraph Cell(string source) => Assert.Single(Cells(source)).Graph!;

    /// <summary>The graph of a cell with a matrix <c>W</c>, a vector <c>b</c> and one state.</summary>
    public static CellGraph Step(string body) => Cell($$"""
        [Cell] public sealed partial class Test
        {
            private readonly Mat<Hidden, Input> W;
            private readonly Vec<Hidden> b;
            public Vec<Hidden> Step(Vec<Input> x, Vec<Hidden> h) { {{body}} }
        }
        """);

    public static ModelSpec ModelSpec(string source) => Assert.Single(Values<ModelSpec>(Compile.Generate(source), Steps.Models));

    public static ModelGraph Model(string source) =>
        Assert.Single(Values<ModelOutcome>(Compile.Generate(source), Steps.ModelOutcomes)).Graph!;

    /// <summary>A node and all that it depends on, as a formula without names.</summary>
    public static string Formula(CellGraph graph, int index)
    {
        var node = graph.Nodes[index];
        return node.Operation switch
        {
            Operation.Input => "x",
            Operation.State => graph.States[node.A].Name,
            Operation.Parameter => graph.Parameters[node.A].Name,
            Operation.Constant => node.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
            Operation.Product => $"{graph.Parameters[node.A].Name}[{Formula(graph, node.B)}]",
            _ when node.IsBinary => $"{node.Operation}({Formula(graph, node.A)}, {Formula(graph, node.B)})",
            _ => $"{node.Operation}({Formula(graph, node.A)})",
        };
    }

    private static IReadOnlyList<T> Values<T>(GeneratorRunResult result, string step) =>
        [.. result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => (T)o.Value)];
}
