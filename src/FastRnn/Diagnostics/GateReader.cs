using FastRnn.CompilerServices;
using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Diagnostics;

/// <summary>The values of a gate in a recorded pass.</summary>
internal sealed unsafe class GateReader(RecordedPass pass, int layer, ActivationInfo gate)
{
    private readonly Workspace workspace = pass.Run.Runner.Workspace;
    private readonly TimeRows time = pass.Run.Runner.Plan[pass.Run.Runner.Workspace.Steps[layer].Time];

    /// <summary>D.</summary>
    public int Size => gate.Size;

    /// <summary>Copies out <c>[B, D]</c> of a step; zeros of sequences that are over.</summary>
    public void Read(int t, Span<float> values)
    {
        var rows = Rows();
        values.Clear();
        for (var sequence = 0; sequence < pass.Count; sequence++)
        {
            var row = time.Row[sequence];
            if (t < time.Length[row])
            {
                new ReadOnlySpan<float>(rows.At(t, row), gate.Size).CopyTo(values[(sequence * gate.Size)..]);
            }
        }
    }

    /// <summary>How much of it is saturated.</summary>
    public GateSaturation Saturation(int steps)
    {
        var (rows, count) = (Rows(), new SaturationCount(gate, steps));
        for (var t = 0; t < steps; t++)
        {
            for (var sequence = 0; sequence < pass.Count; sequence++)
            {
                var row = time.Row[sequence];
                if (t < time.Length[row])
                {
                    count.Add(t, new ReadOnlySpan<float>(rows.At(t, row), gate.Size));
                }
            }
        }

        return count.Finish();
    }

    private SequenceRows Rows() => gate.Place == OperandKind.Tape
        ? time.Rows(workspace[layer].Tape + gate.Index, pass.Run.Runner.Info.Layers[layer].TapeStride, 0)
        : time.AfterSteps(workspace[layer].States[gate.Index].Values, Padding.RoundUp(gate.Size), 0);
}
