using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Differentiation;

namespace FastRnn.Generators.Scheduling;

/// <summary>When a node can be computed: 0 for what needs only what the step was given, one more for each matrix
/// product with something that the step itself computed, and for each sum along it. Leaves are -1: known before.</summary>
internal static class Phases
{
    public static int[] Forward(StepGraph step)
    {
        var level = new int[step.Nodes.Count];
        for (var i = 0; i < level.Length; i++)
        {
            var node = step.Nodes[i];
            level[i] = node.Operation == Operation.Accumulate
                ? step.Accumulators[node.A].Terms.Max(t => level[t.Operand]) + 1
                : Computed(node, level);
        }

        PostponeArithmetic(step, level);
        return level;
    }

    public static int[] Backward(StepGraph step, AdjointGraph adjoint)
    {
        var level = new int[adjoint.Nodes.Count];
        for (var i = 0; i < level.Length; i++)
        {
            var node = adjoint.Nodes[i];
            level[i] = i < adjoint.ForwardCount ? -1 : node.Operation switch
            {
                Operation.StateGradient or Operation.OutputGradient => 0,
                Operation.OperandGradient => 1 + step.Accumulators
                    .Select((a, k) => (Accumulator: a, Gradient: adjoint.DAccumulators[k]))
                    .Where(p => p.Gradient >= 0 && p.Accumulator.Terms.Any(t => t.Operand == node.A))
                    .Max(p => Math.Max(0, level[p.Gradient])),
                _ => Computed(node, level),
            };
        }

        return level;
    }

    /// <summary>Arithmetic that only a later phase asks for is done there: what it is made of has to be kept for that phase, or is known
    /// anyway, while its result would have to be kept as well.</summary>
    private static void PostponeArithmetic(StepGraph step, int[] level)
    {
        for (var i = level.Length - 1; i >= 0; i--)
        {
            var isCheap = step.Nodes[i].IsReduction || FunctionTable.Of(step.Nodes[i].Operation) is { Price: Price.Cheap };
            var isFixed = !isCheap || step.NewStates.Any(n => n == i)
                || step.Accumulators.Any(a => a.Terms.Any(t => t.Operand == i)) || step.Nodes.Any(n => n.IsReduction && n.A == i);
            if (!isFixed)
            {
                level[i] = Enumerable.Range(i + 1, level.Length - i - 1)
                    .Where(user => step.Nodes[user].Operands.Contains(i))
                    .Select(user => level[user]).DefaultIfEmpty(level[i]).Min();
            }
        }
    }

    /// <summary>A sum along a row waits until the row is complete.</summary>
    private static int Computed(Node node, int[] level) =>
        node.IsReduction ? level[node.A] + 1
        : !node.IsElementwise ? -1
        : Math.Max(0, Math.Max(level[node.A], node.IsBinary ? level[node.B] : -1));
}
