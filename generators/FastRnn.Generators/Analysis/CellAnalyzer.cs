using FastRnn.Generators.Algebra;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>From what a cell says to what it computes.</summary>
internal static class CellAnalyzer
{
    /// <summary>More operations than this are no step of a cell, and their kernel would be more than a compiler optimises.</summary>
    public const int MaxNodes = 1000;

    /// <summary>As many accumulators of one row fit the scratch of a worker, 2,048 floats, with room to spare.</summary>
    public const int MaxProducts = 96;

    public static CellOutcome Analyze(CellSpec cell)
    {
        var problems = new List<Problem>();
        var tensors = TensorTable.Build(cell, problems);
        var parameters = ParameterTable.Build(cell.Fields, problems);
        DimensionTable.Check(cell, problems);
        StateChecks.Check(cell.Step, problems);
        var graph = problems.Any(p => p.IsError) ? null : Graph(cell, parameters, tensors, problems);
        var members = graph is null ? null : Members(cell);
        return new CellOutcome(cell.Class.FullName, graph, members, new(problems));
    }

    private static CellGraph? Graph(
        CellSpec cell, EquatableArray<ParameterSpec> parameters, EquatableArray<TensorSpec> tensors, List<Problem> problems)
    {
        var step = cell.Step;
        var graph = new GraphBuilder();
        var scope = new Scope();
        scope.Take(step.Input, Operand.Vector(graph.Add(Operation.Input, "Input", name: step.Input), "Input"));
        for (var i = 0; i < step.Returned.Count; i++)
        {
            var (name, dimension) = (step.Returned[i].Name, step.Returned[i].Type.Rows.Name);
            scope.Take(name, Operand.Vector(graph.Add(Operation.State, dimension, i, name: name), dimension));
        }

        var expressions = new ExpressionReader(graph, scope, cell.Fields, problems);
        var statements = new StatementReader(graph, scope, expressions, cell.Fields, problems);
        if (!step.Statements.All(statements.Read) || Results(step, expressions, statements, problems) is not { } results)
        {
            return null;
        }

        problems.AddRange(scope.Unused());
        var nodes = graph.Live(results, out var places);
        CheckUse(cell, nodes, problems);
        if (problems.Any(p => p.IsError))
        {
            return null;
        }

        return new CellGraph(
            cell.Class.FullName,
            cell.Class.PlainName,
            DimensionTable.Own(cell),
            parameters,
            new(step.Returned.Select(r => new StateSpec(r.Name, r.Type.Rows.Name))),
            nodes,
            new(results.Select(node => places[node])),
            new(statements.Equations.Where(e => places[e.Node] >= 0).Select(e => e with { Node = places[e.Node] })),
            tensors);
    }

    private static List<int>? Results(
        StepSpec step, ExpressionReader expressions, StatementReader statements, List<Problem> problems)
    {
        var nodes = new List<int>();
        for (var i = 0; i < step.Returned.Count; i++)
        {
            var (state, result) = (step.Returned[i], step.Results[i]);
            if (expressions.ReadValue(result) is not { } value)
            {
                return null;
            }

            if (!value.IsVector || value.Dimension != state.Type.Rows.Name)
            {
                problems.Add(Problem.Of(
                    Descriptors.Dimensions, result.Place, $"The returned '{state.Name}'", state.Type.ToString(), value.ToString()));
                return null;
            }

            if (result is not NameSpec)
            {
                statements.Note($"{Identifier.Escape(state.Name)} = {ExpressionText.Of(result)}", value, state.Name);
            }

            nodes.Add(value.Index);
        }

        return nodes;
    }

    private static void CheckUse(CellSpec cell, EquatableArray<Node> nodes, List<Problem> problems)
    {
        if (nodes.Count > MaxNodes)
        {
            problems.Add(Problem.Of(
                Descriptors.TooLarge, cell.NamePlace, $"The number of operations in a step, {nodes.Count},", $"{MaxNodes}"));
        }

        var products = nodes.Count(n => n.Operation == Operation.Product);
        if (products > MaxProducts)
        {
            problems.Add(Problem.Of(
                Descriptors.TooLarge, cell.NamePlace, $"The number of matrix products in a step, {products},", $"{MaxProducts}"));
        }

        if (!nodes.Any(n => n.Operation == Operation.Input))
        {
            problems.Add(Problem.Of(Descriptors.UnusedInput, cell.Step.InputPlace, cell.Step.Input));
        }

        var used = new HashSet<int>(
            nodes.Where(n => n.Operation is Operation.Parameter or Operation.Product).Select(n => n.A));
        for (var i = 0; i < cell.Fields.Count; i++)
        {
            if (!used.Contains(i))
            {
                problems.Add(Problem.Of(Descriptors.UnusedParameter, cell.Fields[i].Place, cell.Fields[i].Name));
            }
        }
    }

    private static CellMembers Members(CellSpec cell)
    {
        var states = cell.Step.Returned.Select(r => r.Name).ToList();
        return new CellMembers(
            cell.Class,
            new(cell.Fields.Select(f => new CellField(f.Name, f.Type.Rows.TypeName, f.Type.Columns?.TypeName ?? ""))),
            new(cell.Step.Returned.Select(r => r.Type.Rows.TypeName)),
            new(cell.Step.Taken.Select(t => states.IndexOf(t.Name))),
            cell.Class.IsReachable ? CellText.Of(cell) : null);
    }
}
