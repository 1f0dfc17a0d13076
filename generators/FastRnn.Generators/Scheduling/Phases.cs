using FastRnn.Generators.Analysis;
using FastRnn.Generators.Differentiation;

namespace FastRnn.Generators.Scheduling;

/// <summary>When a node can be computed: 0 for what needs only what the step was given, one more for each matrix
/// product with something that the step itself computed. Leaves are -1: known before.</summary>
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
                : Elementwise(node, level);
        }

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
                _ => Elementwise(node, level),
            };
        }

        return level;
    }

    private static int Elementwise(Node node, int[] level) =>
        !node.IsElementwise ? -1 : Math.Max(0, Math.Max(level[node.A], node.IsBinary ? level[node.B] : -1));
}
