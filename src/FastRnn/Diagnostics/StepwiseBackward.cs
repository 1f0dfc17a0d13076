using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Diagnostics;

/// <summary>The backward pass of a recorded block of time, a step at a time: between two steps the gradient of every state is there to be kept. By the arithmetic
/// contract a block cut into steps gives the bits of the whole block.</summary>
internal sealed unsafe class StepwiseBackward<TModel>(Workspace<TModel> workspace)
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly nint[] dPre = new nint[TModel.Info.Layers.Count];

    // Entry l is the gradient of what layer l reads; the last entry that of what the model puts out.
    private readonly nint[] dValues = new nint[TModel.Info.Layers.Count + 1];
    private readonly nint[][] history = [.. TModel.Info.Layers.Select(l => new nint[l.States.Count])];

    private static ModelInfo Info => TModel.Info;

    /// <summary><c>[T, B, O]</c>, padded rows: where the gradient of the outputs goes.</summary>
    public float* DOutput => (float*)dValues[^1];

    /// <summary>Takes this pass's part of an arena, after the workspace has taken its own.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        var positions = (nint)workspace.Steps * workspace.Batch;
        for (var l = 0; l < dPre.Length; l++)
        {
            var info = Info.Layers[l];
            dPre[l] = info.DPreOnTape ? (nint)workspace[l].Tape : (nint)layout.Floats(checked(positions * info.DPreStride));
            dValues[l + 1] = (nint)layout.Floats(checked(positions * Padding.RoundUp(info.OutputSize)));
            for (var s = 0; s < info.States.Count; s++)
            {
                history[l][s] = (nint)layout.Floats(info.IsRecurrent ? checked((positions + workspace.Batch) * info.States[s].PaddedSize) : 0);
            }
        }
    }

    /// <summary>The gradient of a state after <paramref name="t"/> steps, <c>[B, D]</c>, padded rows; a recurrent layer's.</summary>
    public float* Gradient(int layer, int state, int t) =>
        (float*)history[layer][state] + ((nint)t * workspace.Batch * Info.Layers[layer].States[state].PaddedSize);

    /// <summary>The gradient of a last state that enters the next pass, <c>[B, D]</c>, padded rows.</summary>
    public float* LastGradient(int layer, int state) => workspace[layer].States[state].Gradient;

    /// <summary>All layers, from the last to the first, each from its last step to its first; what entered is then used up.</summary>
    public void Run(int steps)
    {
        var states = stackalloc StateBuffer[Info.Layers.Max(l => l.States.Count)];
        for (var l = Info.Layers.Count - 1; l >= 0; l--)
        {
            var info = Info.Layers[l];
            Keep(l, steps);
            for (var t = steps - 1; t >= 0; t--)
            {
                for (var s = 0; s < info.States.Count; s++)
                {
                    states[s] = workspace[l].States[s];
                    states[s].Values += t * states[s].Step;
                }

                var call = Call(l, t);
                call.States = states;
                TModel.Backward(l, workspace.Model.Width, in call);
                Keep(l, t);
            }

            for (var s = 0; s < info.States.Count; s++)
            {
                new Span<float>(LastGradient(l, s), workspace.Batch * info.States[s].PaddedSize).Clear();
            }
        }
    }

    private LayerCall Call(int layer, int t)
    {
        var info = Info.Layers[layer];
        var row = (nint)t * workspace.Batch;
        var call = workspace.Call(layer, worker: 0, steps: 1, rowBegin: 0, rowEnd: workspace.Batch);
        call.Weights = workspace.Model.BackwardWeights(layer);
        call.Input = At(call.Input, row * call.InputStride);
        call.Tokens = call.Tokens == null ? null : call.Tokens + row;
        call.Tape += t * call.TapeStep;
        call.DPre = At((float*)dPre[layer], row * info.DPreStride);
        call.DOutput = At((float*)dValues[layer + 1], row * Padding.RoundUp(info.OutputSize));
        call.DInput = At((float*)dValues[layer], row * Padding.RoundUp(info.InputSize));
        return call;
    }

    private static float* At(float* buffer, nint offset) => buffer == null ? null : buffer + offset;

    /// <summary>What later steps hand back to the states after <paramref name="t"/> steps; the layer's output has a gradient of its own besides.</summary>
    private void Keep(int layer, int t)
    {
        var info = Info.Layers[layer];
        for (var s = 0; s < info.States.Count && info.IsRecurrent; s++)
        {
            var floats = workspace.Batch * info.States[s].PaddedSize;
            var kept = new Span<float>(Gradient(layer, s, t), floats);
            new ReadOnlySpan<float>(LastGradient(layer, s), floats).CopyTo(kept);
            if (s == 0 && t > 0)
            {
                var direct = new ReadOnlySpan<float>((float*)dValues[layer + 1] + ((nint)(t - 1) * floats), floats);
                System.Numerics.Tensors.TensorPrimitives.Add(kept, direct, kept);
            }
        }
    }
}
