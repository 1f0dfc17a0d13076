using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Diagnostics;

/// <content>The derivative of one step.</content>
public sealed unsafe partial class Inspector<TModel>
{
    /// <summary>The derivative of a layer's new states with respect to its old ones at a point of the last forward pass, all states one after the other. The
    /// batch is used to make it: one row for each new unit, whose gradient is 1, goes one step back.</summary>
    /// <param name="layer">The layer's index.</param>
    /// <param name="t">The step, from 0 to T - 1.</param>
    /// <param name="row">The row of the batch.</param>
    /// <exception cref="ArgumentException">The layer is not recurrent.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer, step or row.</exception>
    /// <exception cref="InvalidOperationException">There was no forward pass since the last backward pass.</exception>
    /// <exception cref="ObjectDisposedException">This was disposed.</exception>
    public StepJacobian Jacobian(int layer, int t, int row)
    {
        CheckRecorded(nameof(Jacobian));
        ArgumentOutOfRangeException.ThrowIfNegative(layer);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, Info.Layers.Count);
        CheckStep(t, 0, Steps - 1, nameof(t));
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, BatchSize);
        var info = Info.Layers[layer];
        if (!info.IsRecurrent)
        {
            throw new ArgumentException($"Layer {layer} ({info.Cell}) carries no state from step to step.", nameof(layer));
        }

        var units = info.States.Sum(s => s.Size);
        Door.Batch(Info, units, 1, nameof(layer));
        var one = new Workspace<TModel>(workspace.Model, units, 1, workers: 1, record: true);
        float* dPre = null;
        float* dOutput = null;
        using var memory = new Arena((ref ArenaLayout layout) =>
        {
            one.Carve(ref layout);
            dPre = layout.Floats(info.DPreOnTape ? 0 : checked((nint)units * info.DPreStride));
            dOutput = layout.Floats(checked((nint)units * Padding.RoundUp(info.OutputSize)));
        });
        Repeat(one, layer, t, row);
        var call = one.Call(layer, 0, 1, 0, units);
        call.Weights = workspace.Model.ForwardWeights(layer);
        TModel.Forward(layer, workspace.Model.Width, in call);
        SetUnits(one[layer].States, info);
        call.Weights = workspace.Model.BackwardWeights(layer);
        call.DPre = info.DPreOnTape ? one[layer].Tape : dPre;
        call.DOutput = dOutput;
        TModel.Backward(layer, workspace.Model.Width, in call);
        GC.KeepAlive(this);
        return new StepJacobian(units, Gradients(one[layer].States, info));
    }

    /// <summary>One row's step, in every row.</summary>
    private void Repeat(Workspace<TModel> one, int layer, int t, int row)
    {
        var from = workspace.Call(layer, 0, 1, 0, BatchSize);
        for (var copy = 0; copy < one.Batch; copy++)
        {
            if (from.Tokens != null)
            {
                one.Tokens[copy] = from.Tokens[(t * BatchSize) + row];
            }

            if (from.Input != null)
            {
                new ReadOnlySpan<float>(from.Input + (((nint)t * BatchSize) + row) * from.InputStride, (int)from.InputStride)
                    .CopyTo(new Span<float>(one[layer].Input + (copy * from.InputStride), (int)from.InputStride));
            }

            for (var s = 0; s < Info.Layers[layer].States.Count; s++)
            {
                var size = Info.Layers[layer].States[s].PaddedSize;
                new ReadOnlySpan<float>(from.States[s].Values + (t * from.States[s].Step) + ((nint)row * size), size)
                    .CopyTo(new Span<float>(one[layer].States[s].Values + ((nint)copy * size), size));
            }
        }
    }

    private static void SetUnits(StateBuffer* states, LayerInfo info)
    {
        for (int s = 0, unit = 0; s < info.States.Count; s++)
        {
            for (var i = 0; i < info.States[s].Size; i++, unit++)
            {
                states[s].Gradient[((nint)unit * info.States[s].PaddedSize) + i] = 1;
            }
        }
    }

    private static double[] Gradients(StateBuffer* states, LayerInfo info)
    {
        var units = info.States.Sum(s => s.Size);
        var values = new double[checked(units * units)];
        for (int unit = 0, to = 0; unit < units; unit++)
        {
            for (var s = 0; s < info.States.Count; s++)
            {
                for (var i = 0; i < info.States[s].Size; i++)
                {
                    values[to++] = states[s].Gradient[((nint)unit * info.States[s].PaddedSize) + i];
                }
            }
        }

        return values;
    }
}
