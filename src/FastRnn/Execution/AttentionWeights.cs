using FastRnn.CompilerServices;
using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>Where the attentions of a pass have looked.</summary>
internal static unsafe class AttentionWeights
{
    /// <summary>The weights of an attention layer, <c>[T, B, S]</c>, as a worker finds them.</summary>
    public static SequenceRows Of(ForwardPass pass, int layer, int worker) => pass.Plan[pass.Workspace.Steps[layer].Time].Rows(
        pass.Workspace[layer].AttentionWeights, Padding.RoundUp(pass.Workspace.Sizes.SourceSteps), pass.Plan.Part(worker));

    /// <summary>Copies out the attention weights of a sequence, <c>[T, S]</c>.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="sequence">The sequence's place in its batch.</param>
    /// <param name="weights">Receives them.</param>
    /// <param name="attention">Which attention layer, from 0 on.</param>
    public static void Read(ForwardPass pass, int sequence, Span<float> weights, int attention)
    {
        var (plan, info) = (pass.Plan, pass.Workspace.Info);
        var layer = pass.Workspace.Steps.Where(step => step.Operator?.IsAttention == true).ElementAtOrDefault(attention)?.Index ?? -1;
        BatchCheck.Check(layer >= 0, nameof(attention), $"{info.Name} has no attention number {attention}");
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, plan.FirstSequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, plan.FirstSequence + plan.Count);
        var (main, source) = (plan[TimeDomain.Main], plan[TimeDomain.Source]);
        var row = main.Row[sequence];
        var (length, sourceLength) = (main.Length[row], source.Length[source.Row[sequence]]);
        ArgumentCheck.Length(weights.Length, (long)length * sourceLength, nameof(weights), "[T, S]");
        var from = Of(pass, layer, plan.WorkerOf(row));
        for (var t = 0; t < length; t++)
        {
            new ReadOnlySpan<float>(from.At(t, row), sourceLength).CopyTo(weights[(t * sourceLength)..]);
        }
    }
}
