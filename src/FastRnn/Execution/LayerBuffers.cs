using FastRnn.CompilerServices;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>A layer's part of a run's memory.</summary>
internal sealed unsafe class LayerBuffers
{
    /// <summary>One for each state of the layer. <see cref="StateBuffer.Step"/> is that of sequences of one length.</summary>
    public StateBuffer* States { get; private set; }

    /// <summary>See <see cref="LayerCall.Tape"/>.</summary>
    public float* Tape { get; private set; }

    /// <summary>Of an attention, <c>[T, B, S]</c>: how much each step looks at each step of the source.</summary>
    public float* AttentionWeights { get; private set; }

    /// <summary>Of an additive attention: its vector, padded.</summary>
    public float* Vector { get; private set; }

    /// <summary>Of an additive attention, <c>[B, A]</c>: each sequence's gradient of the vector.</summary>
    public float* DVector { get; private set; }

    /// <summary>Takes the layer's part of an arena.</summary>
    /// <param name="layout">The arena.</param>
    /// <param name="step">The layer.</param>
    /// <param name="sizes">Rows and positions.</param>
    public void Carve(ref ArenaLayout layout, LayerStep step, RunSizes sizes)
    {
        var info = step.Info;
        States = layout.Take<StateBuffer>(info.States.Count);
        if (step.IsSkipped)
        {
            return;
        }

        nint slots = sizes.SlotsOf(step.Time);
        for (var s = 0; s < info.States.Count; s++)
        {
            var size = step.StateSizes[s];
            var hasHistory = HasHistory(info, s, sizes.Records);
            var values = layout.Floats(checked((hasHistory ? slots : sizes.Batch) * size));
            var gradient = sizes.Records ? layout.Floats(checked((nint)sizes.Batch * size)) : null;
            if (!layout.IsMeasuring)
            {
                States[s] = new StateBuffer { Values = values, Step = hasHistory ? (nint)sizes.Batch * size : 0, Gradient = gradient };
            }
        }

        nint tapeRows = sizes.Records ? sizes.PositionsOf(step.Time) : sizes.Batch;
        Tape = layout.Floats(checked(tapeRows * info.TapeStride));
        if (step.Operator?.IsAttention == true)
        {
            AttentionWeights = layout.Floats(checked((nint)sizes.PositionsOf(step.Time) * Padding.RoundUp(sizes.SourceSteps)));
            Vector = layout.Floats(Padding.RoundUp(step.ParameterCount));
            DVector = layout.Floats(sizes.Records ? checked((nint)sizes.Batch * Padding.RoundUp(step.ParameterCount)) : 0);
        }
    }

    /// <summary>Whether each step of a state has a place of its own, and does not write over the one before.</summary>
    public static bool HasHistory(LayerInfo info, int state, bool records) => records || state == 0 || info.States[state].NeedsHistory;
}
