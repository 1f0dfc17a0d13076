using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Training;

/// <summary>The backward half of a recorded pass: the recurrences of all layers from the last to the first, row by row. What it leaves in
/// <see cref="DPre"/> is what <see cref="WeightGradients{TModel}"/> turns into the gradients of the parameters.</summary>
internal sealed unsafe class BackwardPass<TModel>(Workspace<TModel> workspace, bool wantsInputGradient)
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly nint[] dPre = new nint[TModel.Info.Layers.Count];

    // Entry l is the gradient of what layer l reads; the last entry that of what the model puts out.
    private readonly nint[] dValues = new nint[TModel.Info.Layers.Count + 1];

    private static ModelInfo Info => TModel.Info;

    /// <summary><c>[T, B, O]</c>, padded rows: where the gradient of the outputs goes before <see cref="Run"/>.</summary>
    public float* DOutput => (float*)dValues[^1];

    /// <summary><c>[T, B, I]</c>, padded rows: the gradient of the model's input, or null if nobody wants it.</summary>
    public float* DInput => (float*)dValues[0];

    /// <summary>Takes this pass's part of an arena, after the workspace has taken its own.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        var positions = (nint)workspace.Steps * workspace.Batch;
        for (var l = 0; l < dPre.Length; l++)
        {
            dPre[l] = Info.Layers[l].DPreOnTape
                ? (nint)workspace[l].Tape
                : (nint)layout.Floats(checked(positions * Info.Layers[l].DPreStride));
            dValues[l + 1] = (nint)layout.Floats(checked(positions * Padding.RoundUp(Info.Layers[l].OutputSize)));
        }

        dValues[0] = wantsInputGradient && !Info.Layers[0].ReadsToken
            ? (nint)layout.Floats(checked(positions * Padding.RoundUp(Info.InputSize)))
            : 0;
    }

    /// <summary><c>[T, B, DPreStride]</c> of a layer.</summary>
    public float* DPre(int layer) => (float*)dPre[layer];

    /// <summary>The gradients of the last states, <c>[B, D]</c>; after <see cref="Run"/> those of the first states.</summary>
    public float* StateGradient(int layer, int state) => workspace[layer].States[state].Gradient;

    /// <summary>No gradient comes from beyond the last step: what truncated BPTT assumes.</summary>
    public void ClearStateGradients(int rowBegin, int rowEnd)
    {
        for (var l = 0; l < Info.Layers.Count; l++)
        {
            for (var s = 0; s < Info.Layers[l].States.Count; s++)
            {
                var size = Info.Layers[l].States[s].PaddedSize;
                new Span<float>(StateGradient(l, s) + ((nint)rowBegin * size), (rowEnd - rowBegin) * size).Clear();
            }
        }
    }

    /// <summary>All layers backward over <paramref name="steps"/> recorded steps of some rows, from <see cref="DOutput"/> or what lies elsewhere in its shape.</summary>
    public void Run(int worker, int steps, int rowBegin, int rowEnd, float* dOutput)
    {
        for (var l = Info.Layers.Count - 1; l >= 0; l--)
        {
            var call = workspace.Call(l, worker, steps, rowBegin, rowEnd);
            call.Weights = workspace.Model.BackwardWeights(l);
            call.DPre = DPre(l);
            call.DOutput = l + 1 == Info.Layers.Count ? dOutput : (float*)dValues[l + 1];
            call.DInput = (float*)dValues[l];
            TModel.Backward(l, workspace.Model.Width, in call);
        }
    }
}
