using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;

namespace FastRnn.Inference;

/// <content>The layers that are written once for every shape.</content>
internal sealed unsafe partial class GraphPass<TModel>
{
    /// <summary>The arguments of an attention layer for the sequence of a row.</summary>
    public AttentionCall Attend(int layer, int row)
    {
        var sources = Info.Layers[layer].Wiring!.Sources;
        var sourceRow = RowIn(TimeDomain.Source, TimeDomain.Main, row);
        return new AttentionCall
        {
            Steps = plan[TimeDomain.Main].Length[row],
            SourceSteps = plan[TimeDomain.Source].Length[sourceRow],
            Row = row,
            SourceRow = sourceRow,
            KeyFloats = Padding.RoundUp(Workspace<TModel>.SizeOf(sources[1])),
            ValueFloats = Padding.RoundUp(Workspace<TModel>.SizeOf(sources[2])),
            Factor = Info.Layers[layer].Wiring!.Rate,
            V = (float*)attentionVectors[layer],
            Queries = Values(sources[0]),
            Keys = Values(sources[1]),
            Values = Values(sources[2]),
            Weights = AttentionWeights(layer),
            Contexts = Values(layer),
        };
    }

    private void Forward(int layer, RowRange rows)
    {
        var wiring = Info.Layers[layer].Wiring!;
        var lengths = plan[wiring.Domain].Length;
        var (x, y) = (Values(wiring.Sources[0]), Values(layer));
        var floats = Padding.RoundUp(Info.Layers[layer].OutputSize);
        for (var row = rows.Begin; row < rows.End; row++)
        {
            switch (wiring.Operation)
            {
                case LayerOperation.Embedding:
                    Embed(layer, row, lengths[row], in y);
                    break;
                case LayerOperation.Reverse:
                    Reverse(in x, in y, row, lengths[row], floats);
                    break;
                case LayerOperation.Concat:
                    Concat(wiring, row, lengths[row], in y);
                    break;
                case LayerOperation.Sum:
                    Sum(wiring, row, lengths[row], in y, floats);
                    break;
                case LayerOperation.Dropout:
                    Drop(layer, in x, in y, row);
                    break;
                case LayerOperation.PoolLast:
                case LayerOperation.PoolMean:
                case LayerOperation.PoolMax:
                    Pool(wiring, in x, row, y.At(0, row), floats);
                    break;
                case LayerOperation.DotAttention:
                case LayerOperation.AdditiveAttention:
                    var sourceRow = RowIn(TimeDomain.Source, TimeDomain.Main, row);
                    ClearPadding(wiring.Sources[0], row, lengths[row]);
                    ClearPadding(wiring.Sources[1], sourceRow, plan[TimeDomain.Source].Length[sourceRow]);
                    ClearPadding(wiring.Sources[2], sourceRow, plan[TimeDomain.Source].Length[sourceRow]);
                    Attention.Forward(workspace.Model.Width, Attend(layer, row));
                    break;
                case LayerOperation.AddFirst:
                    AddFirst(wiring, in x, in y, row, lengths[row], floats);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(layer), wiring.Operation, "Not an operation of the runtime.");
            }
        }
    }

    /// <summary>Copies out the attention weights of a sequence, <c>[T, S]</c>.</summary>
    public void ReadAttention(int sequence, Span<float> weights, int attention)
    {
        var layer = -1;
        for (var (l, left) = (0, attention); l < attentionWeights.Length && layer < 0; l++)
        {
            layer = attentionWeights[l] != 0 && left-- == 0 ? l : -1;
        }

        BatchDoor.Check(layer >= 0 && attention >= 0, nameof(attention), $"{Info.Name} has no attention number {attention}");
        ArgumentOutOfRangeException.ThrowIfNegative(sequence);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, plan.Count);
        var (row, sourceRow) = (plan[TimeDomain.Main].Row[sequence], plan[TimeDomain.Source].Row[sequence]);
        var (steps, sourceSteps) = (plan[TimeDomain.Main].Length[row], plan[TimeDomain.Source].Length[sourceRow]);
        Door.Length(weights.Length, (long)steps * sourceSteps, nameof(weights), "[T, S]");
        for (var t = 0; t < steps; t++)
        {
            new ReadOnlySpan<float>(AttentionWeights(layer).At(t, row), sourceSteps).CopyTo(weights[(t * sourceSteps)..]);
        }
    }

    /// <summary>Steps from the last to the first; the gradient goes the same way.</summary>
    public static void Reverse(in SequenceRows x, in SequenceRows y, int row, int steps, int floats)
    {
        for (var t = 0; t < steps; t++)
        {
            VectorRows.Copy(x.At(steps - 1 - t, row), y.At(t, row), floats);
        }
    }

    /// <summary>A dropout in training; its gradient goes the same way, with the same factors.</summary>
    public void Drop(int layer, in SequenceRows x, in SequenceRows y, int row)
    {
        var (domain, rate, size) = (plan[DomainOf(layer)], Info.Layers[layer].Wiring!.Rate, Info.Layers[layer].OutputSize);
        for (var t = 0; t < domain.Length[row]; t++)
        {
            var from = x.At(t, row);
            var to = y.At(t, row);
            if (!IsTraining || rate == 0)
            {
                VectorRows.Copy(from, to, size);
                continue;
            }

            var key = RandomMask.Row(Key, layer, domain.Sequence[row], t);
            for (var unit = 0; unit < size; unit++)
            {
                to[unit] = from[unit] * RandomMask.Dropout(key, unit, rate);
            }
        }
    }

    /// <summary>What a cell leaves behind the end of a row may be anything; a dot product runs over it.</summary>
    private void ClearPadding(int source, int row, int steps)
    {
        var (values, size) = (Values(source), Workspace<TModel>.SizeOf(source));
        for (var t = 0; t < steps; t++)
        {
            VectorRows.Clear(values.At(t, row) + size, Padding.RoundUp(size) - size);
        }
    }

    private void Embed(int layer, int row, int steps, in SequenceRows y)
    {
        var size = Info.Layers[layer].OutputSize;
        var table = Parameter(layer, 0);
        for (var t = 0; t < steps; t++)
        {
            var token = workspace.SourceTokens[((nint)t * workspace.Batch) + row];
            VectorRows.Copy(table + ((nint)token * size), y.At(t, row), size);
        }
    }

    private void Concat(LayerWiring wiring, int row, int steps, in SequenceRows y)
    {
        var offset = 0;
        for (var i = 0; i < wiring.Sources.Count; i++)
        {
            var (x, size) = (Values(wiring.Sources[i]), Workspace<TModel>.SizeOf(wiring.Sources[i]));
            for (var t = 0; t < steps; t++)
            {
                VectorRows.Copy(x.At(t, row), y.At(t, row) + offset, size);
            }

            offset += size;
        }
    }

    private void Sum(LayerWiring wiring, int row, int steps, in SequenceRows y, int floats)
    {
        for (var t = 0; t < steps; t++)
        {
            VectorRows.Copy(Values(wiring.Sources[0]).At(t, row), y.At(t, row), floats);
            for (var i = 1; i < wiring.Sources.Count; i++)
            {
                VectorRows.Add(Values(wiring.Sources[i]).At(t, row), y.At(t, row), floats);
            }
        }
    }

    /// <summary>The row, and the length, of what a pooling layer's row is made of.</summary>
    public int PooledRow(LayerWiring wiring, int row, out int steps)
    {
        var domain = Workspace<TModel>.DomainOf(wiring.Sources[0]);
        var from = RowIn(domain, TimeDomain.Single, row);
        steps = plan[domain].Length[from];
        return from;
    }

    private void Pool(LayerWiring wiring, in SequenceRows x, int row, float* y, int floats)
    {
        var from = PooledRow(wiring, row, out var steps);
        if (wiring.Operation == LayerOperation.PoolLast)
        {
            VectorRows.Copy(x.At(steps - 1, from), y, floats);
        }
        else if (wiring.Operation == LayerOperation.PoolMean)
        {
            PoolingRows.Mean(in x, from, steps, floats, y);
        }
        else
        {
            PoolingRows.Max(in x, from, steps, floats, y);
        }
    }

    private void AddFirst(LayerWiring wiring, in SequenceRows x, in SequenceRows y, int row, int steps, int floats)
    {
        for (var t = 0; t < steps; t++)
        {
            VectorRows.Copy(x.At(t, row), y.At(t, row), floats);
        }

        if (!CarriesState)
        {
            VectorRows.Add(Values(wiring.Sources[1]).At(0, row), y.At(0, row), floats);
        }
    }
}
