using FastRnn.CompilerServices;
using FastRnn.Generators.Algebra;
using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Scheduling;

/// <summary>A gate, or whatever else a squashing function made, as a recorded pass leaves it: what diagnostics look at.</summary>
/// <param name="Name">The variable's name, or the function's with its argument.</param>
/// <param name="Function">What made it.</param>
/// <param name="Place">Tape or State.</param>
/// <param name="Index">The offset on the tape, or the state's index.</param>
/// <param name="Size">Its length.</param>
internal sealed record ActivationPlan(string Name, ActivationFunction Function, OperandKind Place, int Index, int Size)
{
    /// <summary>Those of a layer in the order of its equations. What the backward pass computes again is in no memory and not among
    /// them.</summary>
    public static IEnumerable<ActivationPlan> Of(LayerContext context, TapePolicy tape)
    {
        for (var i = 0; i < context.Step.Nodes.Count; i++)
        {
            var node = context.Step.Nodes[i];
            if (FunctionTable.Of(node.Operation) is not { Saturates: true })
            {
                continue;
            }

            var state = tape.NewStateOf(i);
            if (state >= 0 || context.Tape.Contains(i))
            {
                yield return new ActivationPlan(
                    NameOf(context.Step, node),
                    (ActivationFunction)Enum.Parse(typeof(ActivationFunction), node.Operation.ToString()),
                    state >= 0 ? OperandKind.State : OperandKind.Tape,
                    state >= 0 ? state : context.Tape[i],
                    context.Size(node.Dimension));
            }
        }
    }

    private static string NameOf(StepGraph step, Node node)
    {
        var argument = step.Nodes[node.A];
        var of = argument.Operation == Operation.Accumulate ? "" : argument.Name;
        return node.Name.Length > 0 ? node.Name : of.Length > 0 ? $"{node.Operation}({of})" : node.Operation.ToString();
    }
}
