using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Training;

/// <content>Backward through any wiring of layers, over sequences of any lengths.</content>
internal sealed unsafe partial class BackwardPass<TModel>
{
    // Where a layer's gradient of an initial state goes that another layer computed.
    private readonly nint[][] startEdges = new nint[TModel.Info.Layers.Count][];
    private readonly nint[] attentionVectors = new nint[TModel.Info.Layers.Count];
    private float* attentionScratch;

    /// <summary><c>[B, A]</c>: each sequence's gradient of the vector of an additive attention.</summary>
    public SequenceRows AttentionVectors(int layer) => new((float*)attentionVectors[layer], 0, Padding.RoundUp(Info.Layers[layer].ParameterCount));

    /// <summary>Whether the pass went on from the states of another one: where that one began learns nothing.</summary>
    public bool StatesWereCarried => graph!.CarriesState;

    /// <summary>The rows of one worker through all layers, from the last to the first.</summary>
    public void RunBatch(int worker, BatchPlan plan)
    {
        var rows = plan.Rows(worker);
        if (rows.Begin == rows.End)
        {
            return;
        }

        ClearStateGradients(rows.Begin, rows.End);
        for (var l = Info.Layers.Count - 1; l >= 0; l--)
        {
            AddUp(arriving[l], l, rows, plan);
            if (GraphPass<TModel>.Operation(l) == LayerOperation.Kernel)
            {
                Kernel(l, worker, rows, plan);
                Start(l, rows, plan);
            }
            else
            {
                Operation(l, worker, rows, plan);
            }
        }

        AddUp(arrivingInput, LayerWiring.MainInput, rows, plan);
    }

    private void CarveGraph(ref ArenaLayout layout)
    {
        for (var l = 0; l < startEdges.Length; l++)
        {
            var starts = Info.Layers[l].Wiring?.Starts ?? [];
            startEdges[l] = new nint[starts.Count];
            for (var s = 0; s < starts.Count; s++)
            {
                startEdges[l][s] = starts[s].Kind == StartKind.Layer ? CarveEdge(ref layout, starts[s].Index, readsToken: false) : 0;
            }

            if (GraphPass<TModel>.Operation(l) == LayerOperation.AdditiveAttention)
            {
                attentionVectors[l] = (nint)layout.Floats(checked((nint)workspace.Batch * Padding.RoundUp(Info.Layers[l].ParameterCount)));
            }
        }

        layout.SeparateWorkers();
        attentionScratch = layout.Floats(checked((nint)workspace.Workers * ScratchStride));
        layout.SeparateWorkers();
    }

    /// <summary>Whole pairs of cache lines for each worker.</summary>
    private int ScratchStride => (workspace.SourceSteps + 31) / 32 * 32;

    /// <summary>The gradients from several readers become one.</summary>
    private void AddUp(List<nint> gradients, int source, RowRange rows, BatchPlan plan)
    {
        var lengths = plan[Workspace<TModel>.DomainOf(source)].Length;
        var size = Workspace<TModel>.SizeOf(source);
        for (var i = 1; i < gradients.Count; i++)
        {
            var (sum, other) = (graph!.Rows((float*)gradients[0], size), graph.Rows((float*)gradients[i], size));
            for (var row = rows.Begin; row < rows.End; row++)
            {
                for (var t = 0; t < lengths[row]; t++)
                {
                    VectorRows.Add(other.At(t, row), sum.At(t, row), Padding.RoundUp(size));
                }
            }
        }
    }

    private void Kernel(int layer, int worker, RowRange rows, BatchPlan plan)
    {
        var info = Info.Layers[layer];
        var lengths = plan[GraphPass<TModel>.DomainOf(layer)].Length;
        for (var to = lengths[rows.Begin]; to > 0;)
        {
            var (from, end) = rows.Before(to, lengths);
            var call = graph!.Call(layer, worker, from, to, rows.Begin, end);
            var positions = (nint)from * workspace.Batch;
            call.Weights = workspace.Model.BackwardWeights(layer);
            call.DPre = DPre(layer) + (positions * info.DPreStride);
            call.DOutput = Gradient(layer) + (positions * Padding.RoundUp(info.OutputSize));
            call.DInput = edges[layer][0] == 0 ? null : (float*)edges[layer][0] + (positions * Padding.RoundUp(info.InputSize));
            TModel.Backward(layer, workspace.Model.Width, in call);
            to = from;
        }
    }

    /// <summary>Gradients of first states go to where these came from.</summary>
    private void Start(int layer, RowRange rows, BatchPlan plan)
    {
        var starts = Info.Layers[layer].Wiring?.Starts ?? [];
        var domain = GraphPass<TModel>.DomainOf(layer);
        for (var s = 0; s < starts.Count; s++)
        {
            if (starts[s].Kind == StartKind.Masked)
            {
                Unmask(layer, s, starts[s], rows);
            }
        }

        for (var s = 0; s < starts.Count; s++)
        {
            var floats = Info.Layers[layer].States[s].PaddedSize;
            for (var row = rows.Begin; row < rows.End; row++)
            {
                var gradient = StateGradient(layer, s) + ((nint)row * floats);
                if (starts[s].Kind == StartKind.Layer)
                {
                    VectorRows.Copy(gradient, (float*)startEdges[layer][s] + ((nint)graph!.RowIn(TimeDomain.Single, domain, row) * floats), floats);
                }
                else if (starts[s].Kind == StartKind.LastState)
                {
                    VectorRows.Add(
                        gradient, StateGradient(starts[s].Index, starts[s].State) + ((nint)graph!.RowIn(TimeDomain.Source, domain, row) * floats), floats);
                }
            }
        }
    }

    /// <summary>The gradient of a masked state belongs to what was masked.</summary>
    private void Unmask(int layer, int state, StateStart start, RowRange rows)
    {
        var floats = Info.Layers[layer].States[state].PaddedSize;
        for (var row = rows.Begin; row < rows.End; row++)
        {
            var masked = StateGradient(layer, state) + ((nint)row * floats);
            VectorRows.Multiply(masked, graph!.FirstState(layer, start.State, row), masked, floats);
            VectorRows.Add(masked, StateGradient(layer, start.Index) + ((nint)row * floats), floats);
        }
    }
}
