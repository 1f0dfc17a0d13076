using FastRnn.Inference;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Training;

/// <summary>The backward half of a recorded pass: the recurrences of all layers from the last to the first, row by row. What it leaves in
/// <see cref="DPre"/> is what <see cref="WeightGradients{TModel}"/> turns into the gradients of the parameters.</summary>
internal sealed unsafe partial class BackwardPass<TModel>(Workspace<TModel> workspace, bool wantsInputGradient, GraphPass<TModel>? graph = null)
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly nint[] dPre = new nint[TModel.Info.Layers.Count];

    // Where each layer writes the gradient of each of its sources; 0 if nobody wants it.
    private readonly nint[][] edges = new nint[TModel.Info.Layers.Count][];

    // What arrives at each layer, and at the model's input: one from each reader. The first holds their sum in the end.
    private readonly List<nint>[] arriving = [.. Enumerable.Range(0, TModel.Info.Layers.Count).Select(_ => new List<nint>())];
    private readonly List<nint> arrivingInput = [];
    private nint dOutput;

    private static ModelInfo Info => TModel.Info;

    /// <summary><c>[T, B, O]</c>, padded rows: where the gradient of the outputs goes before <see cref="Run"/>.</summary>
    public float* DOutput => (float*)dOutput;

    /// <summary><c>[T, B, I]</c>, padded rows: the gradient of the model's input, or null if nobody wants it.</summary>
    public float* DInput => arrivingInput.Count == 0 ? null : (float*)arrivingInput[0];

    /// <summary>Takes this pass's part of an arena, after the workspace has taken its own.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        arrivingInput.Clear();
        foreach (var list in arriving)
        {
            list.Clear();
        }

        for (var l = 0; l < dPre.Length; l++)
        {
            var info = Info.Layers[l];
            dPre[l] = info.DPreOnTape
                ? (nint)workspace[l].Tape
                : (nint)layout.Floats(checked((nint)workspace.StepsOf(Workspace<TModel>.DomainOf(info)) * workspace.Batch * info.DPreStride));
            edges[l] = new nint[Workspace<TModel>.SourceCount(l)];
            for (var i = 0; i < edges[l].Length; i++)
            {
                edges[l][i] = CarveEdge(ref layout, Workspace<TModel>.SourceOf(l, i), info.ReadsToken);
            }
        }

        CarveGraph(ref layout);
        dOutput = Take(ref layout, Info.Layers.Count - 1);
        arriving[^1].Add(dOutput);
        for (var l = 0; l < arriving.Length; l++)
        {
            if (arriving[l].Count == 0)
            {
                // Nobody reads the outputs, only states: their gradient stays zero.
                arriving[l].Add(Take(ref layout, l));
            }
        }
    }

    /// <summary><c>[T, B, DPreStride]</c> of a layer.</summary>
    public float* DPre(int layer) => (float*)dPre[layer];

    /// <summary><c>[T, B, O]</c>, padded rows: the gradient of a layer's outputs.</summary>
    public float* Gradient(int layer) => (float*)arriving[layer][0];

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

    /// <summary>All layers of a chain backward over <paramref name="steps"/> recorded steps of some rows, from <see cref="DOutput"/> or what lies elsewhere in its shape.</summary>
    public void Run(int worker, int steps, int rowBegin, int rowEnd, float* dOutput)
    {
        for (var l = Info.Layers.Count - 1; l >= 0; l--)
        {
            var call = workspace.Call(l, worker, steps, rowBegin, rowEnd);
            call.Weights = workspace.Model.BackwardWeights(l);
            call.DPre = DPre(l);
            call.DOutput = l + 1 == Info.Layers.Count ? dOutput : Gradient(l);
            call.DInput = (float*)edges[l][0];
            TModel.Backward(l, workspace.Model.Width, in call);
        }
    }

    private nint CarveEdge(ref ArenaLayout layout, int source, bool readsToken)
    {
        var list = source >= 0 ? arriving[source]
            : source == LayerWiring.MainInput && wantsInputGradient && !readsToken ? arrivingInput
            : null;
        if (list is null)
        {
            return 0;
        }

        var edge = Take(ref layout, source);
        list.Add(edge);
        return edge;
    }

    /// <summary>Room for the gradient of a layer's outputs, or of an input.</summary>
    private nint Take(ref ArenaLayout layout, int source)
    {
        var positions = (nint)workspace.StepsOf(Workspace<TModel>.DomainOf(source)) * workspace.Batch;
        return (nint)layout.Floats(checked(positions * Padding.RoundUp(Workspace<TModel>.SizeOf(source))));
    }
}
