using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Training;

/// <content>The gradients of the layers that are written once for every shape.</content>
internal sealed unsafe partial class BackwardPass<TModel>
{
    private void Operation(int layer, int worker, RowRange rows, BatchPlan plan)
    {
        var wiring = Info.Layers[layer].Wiring!;
        var lengths = plan[wiring.Domain].Length;
        var floats = Padding.RoundUp(Info.Layers[layer].OutputSize);
        var dY = graph!.Rows(Gradient(layer), Info.Layers[layer].OutputSize);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            switch (wiring.Operation)
            {
                case LayerOperation.Embedding:
                    // Scattered later, with the gradients of all rows.
                    return;
                case LayerOperation.DotAttention:
                case LayerOperation.AdditiveAttention:
                    Attend(layer, worker, row, in dY);
                    break;
                case LayerOperation.Concat:
                    Split(layer, in dY, row, lengths[row]);
                    break;
                case LayerOperation.Sum:
                    for (var i = 0; i < wiring.Sources.Count; i++)
                    {
                        Copy(layer, i, in dY, row, lengths[row], floats);
                    }

                    break;
                case LayerOperation.AddFirst:
                    Copy(layer, 0, in dY, row, lengths[row], floats);
                    Copy(layer, 1, in dY, row, 1, floats);
                    break;
                default:
                    if (edges[layer][0] != 0)
                    {
                        OneSource(layer, wiring, row, lengths[row], floats, in dY);
                    }

                    break;
            }
        }
    }

    private SequenceRows Edge(int layer, int index) =>
        graph!.Rows((float*)edges[layer][index], Workspace<TModel>.SizeOf(Workspace<TModel>.SourceOf(layer, index)));

    private void OneSource(int layer, LayerWiring wiring, int row, int steps, int floats, in SequenceRows dY)
    {
        var dX = Edge(layer, 0);
        switch (wiring.Operation)
        {
            case LayerOperation.Reverse:
                GraphPass<TModel>.Reverse(in dY, in dX, row, steps, floats);
                break;
            case LayerOperation.Dropout:
                graph!.Drop(layer, in dY, in dX, row);
                break;
            default:
                Unpool(layer, wiring, row, floats, dY.At(0, row), in dX);
                break;
        }
    }

    private void Unpool(int layer, LayerWiring wiring, int row, int floats, float* dY, in SequenceRows dX)
    {
        var from = graph!.PooledRow(wiring, row, out var steps);
        var x = graph.Values(wiring.Sources[0]);
        if (wiring.Operation == LayerOperation.PoolLast)
        {
            PoolingRows.LastGradient(dY, in dX, from, steps, floats);
        }
        else if (wiring.Operation == LayerOperation.PoolMean)
        {
            PoolingRows.MeanGradient(dY, in dX, from, steps, floats);
        }
        else
        {
            PoolingRows.MaxGradient(in x, graph.Values(layer).At(0, row), dY, in dX, from, steps, floats);
        }
    }

    private void Copy(int layer, int index, in SequenceRows dY, int row, int steps, int floats)
    {
        if (edges[layer][index] != 0)
        {
            var dX = Edge(layer, index);
            for (var t = 0; t < steps; t++)
            {
                VectorRows.Copy(dY.At(t, row), dX.At(t, row), floats);
            }
        }
    }

    private void Split(int layer, in SequenceRows dY, int row, int steps)
    {
        var offset = 0;
        for (var i = 0; i < edges[layer].Length; i++)
        {
            var size = Workspace<TModel>.SizeOf(Workspace<TModel>.SourceOf(layer, i));
            for (var t = 0; t < steps && edges[layer][i] != 0; t++)
            {
                VectorRows.Copy(dY.At(t, row) + offset, Edge(layer, i).At(t, row), size);
            }

            offset += size;
        }
    }

    private void Attend(int layer, int worker, int row, in SequenceRows dY)
    {
        var call = graph!.Attend(layer, row);
        call.DContexts = dY;
        call.DQueries = Edge(layer, 0);
        call.DKeys = Edge(layer, 1);
        call.DValues = Edge(layer, 2);
        call.DV = attentionVectors[layer] == 0 ? null : AttentionVectors(layer).At(0, row);
        call.Scratch = attentionScratch + ((nint)worker * ScratchStride);
        Attention.Backward(workspace.Model.Width, in call);
    }
}
