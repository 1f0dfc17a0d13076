using FastRnn.CompilerServices;
using FastRnn.Execution;
using FastRnn.Kernels;
using FastRnn.Memory;

namespace FastRnn.Diagnostics;

/// <summary>The derivative of one step: a batch of as many rows as the layer has units, each a copy of one row of a recorded pass, goes one
/// step forward and back, each row from a gradient of 1 at another unit.</summary>
internal static unsafe class JacobianPass
{
    /// <summary>Makes it.</summary>
    /// <param name="runner">The recorded pass.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="t">The step.</param>
    /// <param name="row">The row of the plan.</param>
    /// <exception cref="ArgumentException">The layer is not recurrent.</exception>
    public static StepJacobian Run(Runner runner, int layer, int t, int row)
    {
        var (workspace, step) = (runner.Workspace, runner.Workspace.Steps[layer]);
        var info = step.Info;
        if (!info.IsRecurrent)
        {
            throw new ArgumentException($"Layer {layer} ({info.Cell}) carries no state from step to step.", nameof(layer));
        }

        var units = info.States.Sum(s => s.Size);
        ArgumentCheck.Batch(runner.Info, units, 1, nameof(layer));
        var buffers = new LayerBuffers();
        var sizes = new RunSizes { Batch = units, Steps = 1, SourceSteps = 1, Records = true };
        var stride = Padding.RoundUp(info.InputSize);
        LayerCall call = default;
        using var memory = new Arena((ref ArenaLayout layout) =>
        {
            buffers.Carve(ref layout, step, sizes);
            call = new LayerCall
            {
                Steps = 1,
                Batch = units,
                RowEnd = units,
                Record = true,
                InputStride = stride,
                Input = layout.Floats(checked((nint)units * stride)),
                Tokens = layout.Ints(units),
                States = buffers.States,
                Tape = buffers.Tape,
                TapeStep = (nint)units * info.TapeStride,
                DPre = layout.Floats(info.DPreOnTape ? 0 : checked((nint)units * info.DPreStride)),
                DOutput = layout.Floats(checked((nint)units * Padding.RoundUp(info.OutputSize))),
                Scratch = layout.Floats(LayerCall.ScratchFloats),
            };
        });
        Repeat(runner, step, t, row, ref call);
        call.Weights = workspace.Model.ForwardWeights(layer);
        workspace.Model.Kernels.Forward(layer, workspace.Model.Width, in call);
        SetUnits(buffers.States, info);
        call.Weights = workspace.Model.BackwardWeights(layer);
        call.DPre = info.DPreOnTape ? buffers.Tape : call.DPre;
        workspace.Model.Kernels.Backward(layer, workspace.Model.Width, in call);
        return new StepJacobian(units, Gradients(buffers.States, info));
    }

    /// <summary>One row's step, in every row.</summary>
    private static void Repeat(Runner runner, LayerStep step, int t, int row, ref LayerCall call)
    {
        var (workspace, source) = (runner.Workspace, step.Sources[0]);
        var x = workspace.InputStride(source) > 0 && (source >= 0 || workspace.MainInput != null || source != LayerWiring.MainInput)
            ? workspace.Values(source, 0).At(t, row) : null;
        var tokens = step.Time == TimeDomain.Source ? workspace.SourceTokens : workspace.Tokens;
        for (var copy = 0; copy < call.Batch; copy++)
        {
            if (tokens != null)
            {
                call.Tokens[copy] = tokens[runner.Plan[step.Time].PositionOf(row, t)];
            }

            if (x != null)
            {
                VectorRows.Copy(x, call.Input + (copy * call.InputStride), step.Info.InputSize);
            }

            for (var s = 0; s < step.Info.States.Count; s++)
            {
                var size = step.Info.States[s].PaddedSize;
                VectorRows.Copy(workspace.StateAt(step.Index, s, row, t), call.States[s].Values + ((nint)copy * size), size);
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
