using FastRnn.Generators.Algebra;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>From what a loss says to what it computes.</summary>
internal static class LossAnalyzer
{
    private const string Dimension = "Target";

    public static LossOutcome Analyze(LossClassSpec loss)
    {
        var problems = new List<Problem>();
        var graph = Graph(loss, problems);
        return new LossOutcome(
            loss.Class.FullName, problems.Any(p => p.IsError) ? null : graph, new(problems));
    }

    private static LossStep? Graph(LossClassSpec loss, List<Problem> problems)
    {
        var graph = new GraphBuilder();
        var scope = new Scope();
        for (var i = 0; i < loss.Taken.Count; i++)
        {
            var name = loss.Taken[i].Name;
            scope.Take(name, Operand.Vector(graph.Add(Operation.Input, Dimension, i, name: name), Dimension));
        }

        var fields = EquatableArray<FieldSpec>.Empty;
        var expressions = new ExpressionReader(graph, scope, fields, problems);
        var statements = new StatementReader(graph, scope, expressions, fields, problems);
        if (!loss.Statements.All(statements.Read) || expressions.ReadValue(loss.Result) is not { } value)
        {
            return null;
        }

        if (!value.IsVector || !new NumberTable(graph.Nodes)[value.Index])
        {
            problems.Add(Problem.Of(Descriptors.LossNumber, loss.Result.Place, ExpressionText.Of(loss.Result)));
            return null;
        }

        statements.Note($"loss = {ExpressionText.Of(loss.Result)}", value, "loss");
        problems.AddRange(scope.Unused());
        var nodes = graph.Live([value.Index], out var places);
        if (nodes.Count > CellAnalyzer.MaxNodes)
        {
            problems.Add(Problem.Of(
                Descriptors.TooLarge, loss.NamePlace, $"The number of operations of a loss, {nodes.Count},", $"{CellAnalyzer.MaxNodes}"));
        }

        for (var i = 0; i < loss.Taken.Count; i++)
        {
            if (!nodes.Any(n => n.Operation == Operation.Input && n.A == i))
            {
                problems.Add(Problem.Of(
                    Descriptors.LossSignature, loss.Taken[i].Place, $"'{loss.Taken[i].Name}' has no influence on what it returns"));
            }
        }

        return new LossStep(
            loss.Class, loss.Taken.Count - 1, nodes, places[value.Index],
            new(statements.Equations.Where(e => places[e.Node] >= 0).Select(e => e with { Node = places[e.Node] })), loss.IsStatic);
    }
}
