using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Scheduling;

/// <summary>Turns the terms of a kernel's accumulators into loops: terms over the same operand share one.</summary>
internal static class OperandScheduler
{
    /// <summary>Forward: accumulators <paramref name="accumulators"/> of the step, over inputs, states and the tape.</summary>
    public static EquatableArray<OperandPlan> Forward(LayerContext context, IReadOnlyList<int> accumulators, bool readsToken)
    {
        var terms = new List<(int Rank, int Accumulator, Term Term)>();
        for (var a = 0; a < accumulators.Count; a++)
        {
            foreach (var term in context.Step.Accumulators[accumulators[a]].Terms)
            {
                // A second product with the same operand in one sum is a loop of its own.
                var again = terms.Count(t => t.Accumulator == a && t.Term.Operand == term.Operand);
                terms.Add((again, a, term));
            }
        }

        return new(terms
            .GroupBy(t => (t.Term.Operand, t.Rank))
            .OrderBy(g => Order(context, g.Key.Operand)).ThenBy(g => g.Key.Rank)
            .Select(g => ForwardOperand(context, g.Key.Operand, g.Select(t => (t.Accumulator, t.Term)).ToList(), readsToken)));
    }

    /// <summary>Backward: for each of <paramref name="operands"/> (nodes that matrices multiplied) the transposed products.</summary>
    public static EquatableArray<OperandPlan> Backward(LayerContext context, IReadOnlyList<int> operands, int stepDelta)
    {
        var plans = new List<OperandPlan>();
        for (var k = 0; k < context.Step.Accumulators.Count; k++)
        {
            if (context.Adjoint.DAccumulators[k] < 0)
            {
                continue;
            }

            var accumulator = context.Step.Accumulators[k];
            var terms = new List<(int Rank, OperandTerm Term, string Text)>();
            foreach (var term in accumulator.Terms)
            {
                var a = IndexOf(operands, term.Operand);
                if (a >= 0)
                {
                    var columns = context.Size(context.Layer.Cell.Parameters[term.Parameter].Columns);
                    var plan = new OperandTerm(a, context.ParameterOffsets[term.Parameter], 1, columns);
                    var text = context.Layer.Cell.Parameters[term.Parameter].Name + "' * dpre_" + accumulator.Name;
                    terms.Add((terms.Count(t => t.Term.Accumulator == a), plan, text));
                }
            }

            plans.AddRange(terms.GroupBy(t => t.Rank).OrderBy(g => g.Key).Select(g => new OperandPlan(
                context.InDPre(k, stepDelta),
                context.Size(accumulator.Dimension),
                new(g.Select(t => t.Term)),
                string.Join(", ", g.Select(t => t.Text)),
                false)));
        }

        return new(Join(plans));
    }

    /// <summary>Two loops are one where both the operand and the weights of the second begin where those of the first end.</summary>
    private static List<OperandPlan> Join(List<OperandPlan> plans)
    {
        var joined = new List<OperandPlan>();
        foreach (var plan in plans)
        {
            var last = joined.Count == 0 ? null : joined[joined.Count - 1];
            if (last is not null && Continues(last, plan))
            {
                joined[joined.Count - 1] = last with
                {
                    Length = last.Length + plan.Length,
                    Comment = last.Comment + ", " + plan.Comment,
                };
            }
            else
            {
                joined.Add(plan);
            }
        }

        return joined;
    }

    private static bool Continues(OperandPlan first, OperandPlan second) =>
        second.Source.Equals(first.Source with { Offset = first.Source.Offset + first.Length })
        && first.Terms.Count == second.Terms.Count
        && first.Terms.Zip(second.Terms, (a, b) => b.Equals(a with { Source = a.Source + (first.Length * a.Stride) })).All(same => same);

    private static int IndexOf(IReadOnlyList<int> list, int value)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (list[i] == value)
            {
                return i;
            }
        }

        return -1;
    }

    private static int Order(LayerContext context, int operand)
    {
        var node = context.Step.Nodes[operand];
        return node.Operation switch
        {
            Operation.Input => -1,
            Operation.State => node.A,
            _ => context.Layer.Cell.States.Count + operand,
        };
    }

    private static OperandPlan ForwardOperand(
        LayerContext context, int operand, List<(int Accumulator, Term Term)> terms, bool readsToken)
    {
        var node = context.Step.Nodes[operand];
        var source = node.Operation switch
        {
            Operation.Input => context.Input(),
            Operation.State => context.OldState(node.A),
            _ => context.OnTape(operand),
        };
        var name = node.Operation switch
        {
            Operation.Input => "x",
            Operation.State => context.Layer.Cell.States[node.A].Name,
            _ => node.Name.Length > 0 ? node.Name : "(...)",
        };
        var length = context.Size(node.Dimension);
        return new OperandPlan(
            source,
            length,
            new(terms.Select(t => new OperandTerm(t.Accumulator, context.ParameterOffsets[t.Term.Parameter], length, 1))),
            string.Join(", ", terms.Select(t => context.Layer.Cell.Parameters[t.Term.Parameter].Name + " * " + name)),
            readsToken && node.Operation == Operation.Input);
    }
}
