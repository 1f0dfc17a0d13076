using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Execution;

/// <summary>The gradient of every state after every step of the last backward pass, laid out as the states are.</summary>
internal sealed unsafe class StateGradientHistory(Workspace workspace, BatchPlan plan)
{
    private readonly nint[][] kept = [.. workspace.Info.Layers.Select(l => new nint[l.States.Count])];

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        foreach (var step in workspace.Steps)
        {
            for (var s = 0; s < step.StateSizes.Length && step.Info.IsRecurrent; s++)
            {
                kept[step.Index][s] =
                    (nint)layout.Floats(checked((nint)workspace.Sizes.SlotsOf(step.Time) * step.StateSizes[s]));
            }
        }
    }

    /// <summary>The gradient of a row's state after <paramref name="t"/> steps, <c>[D]</c>, padded. Of a row without steps, for which no
    /// segment keeps anything, the first state is the last one, and its gradient stays where it was set.</summary>
    public float* At(int layer, int state, int row, int t)
    {
        var (step, time) = (workspace.Steps[layer], plan[workspace.Steps[layer].Time]);
        return time.Length[row] == 0
            ? workspace[layer].States[state].Gradient + ((nint)row * step.StateSizes[state])
            : (float*)kept[layer][state] + ((nint)time.SlotOf(row, t) * step.StateSizes[state]);
    }

    /// <summary>Keeps what later steps hand back to the states after a step, or before it; the layer's output has a gradient of its own
    /// besides.</summary>
    /// <param name="pass">The pass.</param>
    /// <param name="step">The layer.</param>
    /// <param name="segment">One step.</param>
    /// <param name="isAfter">Whether the states after the step are meant.</param>
    public void Keep(BackwardPass pass, LayerStep step, in Segment segment, bool isAfter)
    {
        for (var s = 0; s < step.StateSizes.Length && step.Info.IsRecurrent; s++)
        {
            var size = step.StateSizes[s];
            var rows = segment.RowEnd - segment.RowBegin;
            var slot = segment.Slot + segment.RowBegin + (isAfter ? segment.Batch : 0);
            var to = (float*)kept[step.Index][s] + ((nint)slot * size);
            VectorRows.Copy(pass.StateGradient(step.Index, s) + ((nint)segment.Begin * size), to, rows * size);
            if (s == 0 && isAfter)
            {
                VectorRows.Add(pass.Gradient(step.Index) + ((nint)(segment.Position + segment.RowBegin) * size), to, rows * size);
            }
        }
    }
}
