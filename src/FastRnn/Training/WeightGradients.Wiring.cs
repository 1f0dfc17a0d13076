using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <content>Parameters that no kernel knows: learned initial states, the vector of an additive attention, the table of an encoder's embedding.</content>
internal sealed unsafe partial class WeightGradients<TModel>
{
    /// <summary>A learned initial state: the sum of the gradients of the first states, sequence by sequence, where these began with it.</summary>
    private void Starts(int worker, int workers)
    {
        if (backward.StatesWereCarried)
        {
            return;
        }

        for (var l = 0; l < Info.Layers.Count; l++)
        {
            var starts = Info.Layers[l].Wiring?.Starts;
            for (var s = 0; s < (starts?.Count ?? 0); s++)
            {
                if (starts![s].Kind == StartKind.Learned)
                {
                    // A row of a time is the row of its first step: what came out of the recurrence belongs to no step.
                    var size = Info.Layers[l].States[s].PaddedSize;
                    BySequence(new SequenceRows(backward.StateGradient(l, s), 0, size), l, starts[s].Index, worker, workers);
                }
            }
        }
    }

    private void Vectors(int worker, int workers)
    {
        for (var l = 0; l < Info.Layers.Count; l++)
        {
            if (Info.Layers[l].Wiring?.Operation == LayerOperation.AdditiveAttention)
            {
                BySequence(backward.AttentionVectors(l), l, 0, worker, workers);
            }
        }
    }

    private void Tables(int worker, int workers)
    {
        for (var l = 0; l < Info.Layers.Count; l++)
        {
            if (Info.Layers[l].Wiring?.Operation == LayerOperation.Embedding)
            {
                var size = Info.Layers[l].OutputSize;
                var stride = Padding.RoundUp(size);
                var (begin, end) = Partition.Range(size, worker, workers, Padding.Unit);
                EmbeddingRows.Scatter(
                    workspace.Model.Width, gradients + Info.Layers[l].ParameterOffset, size, workspace.SourceTokens, workspace.Batch, plan![TimeDomain.Source].Order,
                    new SequenceRows(backward.Gradient(l), (nint)workspace.Batch * stride, stride), begin, end);
            }
        }
    }

    /// <summary>Adds one row of each sequence, in the order of the sequences, to a parameter.</summary>
    private void BySequence(SequenceRows rows, int layer, int parameter, int worker, int workers)
    {
        var info = Info.Layers[layer].Parameters[parameter];
        var target = gradients + Info.Layers[layer].ParameterOffset + info.Offset;
        var (begin, end) = Partition.Range(info.Count, worker, workers, Padding.Unit);
        for (var sequence = 0; sequence < plan!.Count; sequence++)
        {
            var row = rows.At(0, plan[Workspace<TModel>.DomainOf(Info.Layers[layer])].Row[sequence]);
            for (var i = begin; i < end; i++)
            {
                target[i] += row[i];
            }
        }
    }
}
