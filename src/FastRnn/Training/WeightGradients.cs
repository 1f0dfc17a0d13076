using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>The gradients of all parameters from what a backward pass left: one deep product for each matrix, one sum for each
/// vector. Work is cut by elements of the result, never by rows of the sum, so the bits do not depend on the workers.</summary>
internal sealed unsafe class WeightGradients<TModel>
    where TModel : Model<TModel>, IModel<TModel>
{
    private readonly Workspace<TModel> workspace;
    private readonly BackwardPass<TModel> backward;
    private readonly List<MatrixItem> items = [];
    private readonly List<VectorItem> sums = [];
    private int tiles;
    private float* gradients;
    private float* scratch;

    public WeightGradients(Workspace<TModel> workspace, BackwardPass<TModel> backward)
    {
        this.workspace = workspace;
        this.backward = backward;
        for (var l = 0; l < Info.Layers.Count; l++)
        {
            AddProducts(l, Info.Layers[l]);
            AddSums(l, Info.Layers[l]);
        }
    }

    private static ModelInfo Info => TModel.Info;

    /// <summary>As long as the model's parameters, in their order.</summary>
    public Span<float> Gradients => new(gradients, Info.ParameterCount);

    public float* Address => gradients;

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        gradients = layout.Floats(Padding.RoundUp(Info.ParameterCount));
        layout.SeparateWorkers();
        scratch = layout.Floats((nint)workspace.Workers * WeightGradient.ScratchFloats);
        layout.SeparateWorkers();
    }

    /// <summary>Sets all gradients to zero.</summary>
    public void Clear() => Gradients.Clear();

    /// <summary>The share of a worker: adds the gradients of <paramref name="steps"/> steps to what is there.</summary>
    public void Accumulate(int worker, int workers, int steps)
    {
        var (begin, end) = Partition.Range(tiles, worker, workers);
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var from = Math.Max(begin, item.Begin);
            var to = Math.Min(end, item.End);
            if (from < to)
            {
                Products(in item, steps, from - item.Begin, to - item.Begin, Scratch(worker));
            }
        }

        for (var i = 0; i < sums.Count; i++)
        {
            Sums(sums[i], worker, workers, steps);
        }

        Tokens(worker, workers, steps);
    }

    private float* Scratch(int worker) => scratch + ((nint)worker * WeightGradient.ScratchFloats);

    private static bool IsScatter(int layer, WeightProduct product) =>
        Info.Layers[layer].ReadsToken && product.Operand == OperandKind.Input;

    /// <summary>Matrices of the same rows of dPre are one piece of work, and so are rows that go on where others end: the gates of a cell are one
    /// deep product of many rows and of all that they multiply.</summary>
    private void AddProducts(int layer, LayerInfo info)
    {
        var products = Enumerable.Range(0, info.Products.Count).Where(p => !IsScatter(layer, info.Products[p]));
        var uses = products.GroupBy(p => info.Products[p].Parameter).ToLookup(group => group.Count() == 1);
        var blocks = uses[true].SelectMany(p => p).GroupBy(p => info.Products[p].DPreOffset).Select(block => block.ToArray()).ToList();
        while (blocks.Count > 0)
        {
            var first = blocks[0];
            blocks.RemoveAt(0);
            var rows = Matrix(info, first[0]).Rows;
            for (int next; (next = blocks.FindIndex(block => GoesOn(info, first, rows, block))) >= 0;)
            {
                rows += Matrix(info, blocks[next][0]).Rows;
                blocks.RemoveAt(next);
            }

            AddItem(layer, first, rows, isShared: false);
        }

        foreach (var group in uses[false])
        {
            AddItem(layer, [.. group], info.Parameters[group.Key].Rows, isShared: true);
        }
    }

    /// <summary>A vector that is added where a matrix multiplies is summed on the way; the others are work of their own.</summary>
    private void AddSums(int layer, LayerInfo info)
    {
        foreach (var group in info.Sums.GroupBy(sum => sum.Parameter))
        {
            var (first, rows) = (group.First().DPreOffset, info.Parameters[group.Key].Rows);
            if (group.Count() > 1 || !items.Exists(item => item.Layer == layer && item.Sums >= 0
                && info.Products[item.Products[0]].DPreOffset <= first && first + rows <= info.Products[item.Products[0]].DPreOffset + item.Rows))
            {
                sums.Add(new VectorItem(layer, group.Key, [.. group.Select(sum => sum.DPreOffset)]));
            }
        }
    }

    /// <summary>Where the gradients begin of the vectors that are added in the <paramref name="rows"/> rows of dPre from <paramref name="dPreOffset"/> on,
    /// nowhere else, and follow each other as the rows do; -1 if there are no such vectors.</summary>
    private static int SumsOf(LayerInfo info, int dPreOffset, int rows)
    {
        var vectors = info.Sums.Where(sum => sum.DPreOffset >= dPreOffset && sum.DPreOffset < dPreOffset + rows).OrderBy(sum => sum.DPreOffset).ToList();
        var done = 0;
        foreach (var (parameter, offset) in vectors)
        {
            if (offset != dPreOffset + done
                || info.Parameters[parameter].Offset != info.Parameters[vectors[0].Parameter].Offset + done
                || info.Sums.Count(sum => sum.Parameter == parameter) > 1)
            {
                return -1;
            }

            done += info.Parameters[parameter].Rows;
        }

        return done == rows ? info.Parameters[vectors[0].Parameter].Offset : -1;
    }

    private void AddItem(int layer, int[] products, int rows, bool isShared)
    {
        var info = Info.Layers[layer];
        var count = products.Take(isShared ? 1 : products.Length)
            .Sum(p => WeightGradient.TileCount(workspace.Model.Width, rows, Matrix(info, p).Columns));
        var itsSums = isShared ? -1 : SumsOf(info, info.Products[products[0]].DPreOffset, rows);
        items.Add(new MatrixItem(layer, products, rows, isShared, itsSums, tiles, tiles + count));
        tiles += count;
    }

    /// <summary>Whether each matrix of a block lies right under the <paramref name="rows"/> rows that begin with those of <paramref name="first"/>, in the
    /// gradients and in dPre, and multiplies the same vector.</summary>
    private static bool GoesOn(LayerInfo info, int[] first, int rows, int[] block) =>
        first.Length == block.Length && first.Zip(block).All(pair =>
        {
            var (above, below) = (info.Products[pair.First], info.Products[pair.Second]);
            var (upper, lower) = (Matrix(info, pair.First), Matrix(info, pair.Second));
            return (below.Operand, below.OperandIndex) == (above.Operand, above.OperandIndex)
                && below.DPreOffset == above.DPreOffset + rows
                && lower.Columns == upper.Columns
                && lower.Offset == upper.Offset + (rows * upper.Columns);
        });

    private static ParameterInfo Matrix(LayerInfo info, int product) => info.Parameters[info.Products[product].Parameter];

    /// <summary>Some tiles of an item. A matrix that multiplies several vectors is summed sequence by sequence, as if each came alone;
    /// otherwise the bits would depend on the batch.</summary>
    private void Products(in MatrixItem item, int steps, int tileBegin, int tileEnd, float* scratch)
    {
        var operands = stackalloc WeightOperand[item.Products.Length];
        if (!item.IsShared)
        {
            Product(in item, item.Products, operands, steps, 0, workspace.Batch, tileBegin, tileEnd, scratch);
            return;
        }

        for (var row = 0; row < workspace.Batch; row++)
        {
            for (var p = 0; p < item.Products.Length; p++)
            {
                Product(in item, item.Products.AsSpan(p, 1), operands, steps, row, 1, tileBegin, tileEnd, scratch);
            }
        }
    }

    /// <summary>The products of the sequences from <paramref name="row"/> on.</summary>
    private void Product(
        in MatrixItem item,
        ReadOnlySpan<int> products,
        WeightOperand* operands,
        int steps,
        int row,
        int batch,
        int tileBegin,
        int tileEnd,
        float* scratch)
    {
        var layer = Info.Layers[item.Layer];
        for (var i = 0; i < products.Length; i++)
        {
            var parameter = Matrix(layer, products[i]);
            operands[i] = new WeightOperand
            {
                X = From(Operand(item.Layer, layer.Products[products[i]]), row),
                Columns = parameter.Columns,
                Gradient = gradients + layer.ParameterOffset + parameter.Offset,
            };
        }

        var call = new WeightGradientCall
        {
            DPre = From(DPre(item.Layer, layer.Products[products[0]].DPreOffset), row),
            Steps = steps,
            Batch = batch,
            Rows = item.Rows,
            Sums = item.Sums < 0 ? null : gradients + layer.ParameterOffset + item.Sums,
            Operands = operands,
            OperandCount = products.Length,
        };
        WeightGradient.Run(workspace.Model.Width, in call, tileBegin, tileEnd, scratch);
    }

    private static SequenceRows From(SequenceRows rows, int row) => new(rows.At(0, row), rows.StepStride, rows.RowStride);

    private SequenceRows DPre(int layer, int offset)
    {
        var stride = Info.Layers[layer].DPreStride;
        return new SequenceRows(backward.DPre(layer) + offset, (nint)workspace.Batch * stride, stride);
    }

    private SequenceRows Operand(int layer, WeightProduct product)
    {
        var info = Info.Layers[layer];
        var buffers = workspace[layer];
        switch (product.Operand)
        {
            case OperandKind.Input:
                var size = Padding.RoundUp(info.InputSize);
                return new SequenceRows(buffers.Input, (nint)workspace.Batch * size, size);
            case OperandKind.State:
                var state = buffers.States[product.OperandIndex];
                return new SequenceRows(state.Values, state.Step, info.States[product.OperandIndex].PaddedSize);
            default:
                return new SequenceRows(buffers.Tape + product.OperandIndex, buffers.TapeStep, info.TapeStride);
        }
    }

    /// <summary>The gradient of a vector: sums of columns of dPre, cut among the workers by columns; sequence by sequence if there are several.</summary>
    private void Sums(VectorItem item, int worker, int workers, int steps)
    {
        var info = Info.Layers[item.Layer];
        var parameter = info.Parameters[item.Parameter];
        var (begin, end) = Partition.Range(parameter.Rows, worker, workers, Padding.Unit);
        var together = item.DPreOffsets.Length == 1;
        for (var row = 0; row < (together ? 1 : workspace.Batch); row++)
        {
            for (var i = 0; i < item.DPreOffsets.Length; i++)
            {
                var block = From(DPre(item.Layer, item.DPreOffsets[i]), row);
                ColumnSum.Run(
                    workspace.Model.Width,
                    in block,
                    steps,
                    together ? workspace.Batch : 1,
                    gradients + info.ParameterOffset + parameter.Offset,
                    begin,
                    end);
            }
        }
    }

    /// <summary>What belongs to tokens is added to their rows or columns: the transpose of a copy.</summary>
    private void Tokens(int worker, int workers, int steps)
    {
        if (Info.Input == InputKind.Embedding)
        {
            var size = Padding.RoundUp(Info.InputSize);
            var (begin, end) = Partition.Range(Info.InputSize, worker, workers, Padding.Unit);
            var dX = new SequenceRows(backward.DInput, (nint)workspace.Batch * size, size);
            EmbeddingRows.Scatter(
                workspace.Model.Width, gradients, Info.InputSize, workspace.Tokens, steps, workspace.Batch, in dX, begin, end);
        }

        var layer = Info.Layers[0];
        for (var p = 0; p < layer.Products.Count; p++)
        {
            if (IsScatter(0, layer.Products[p]))
            {
                var parameter = layer.Parameters[layer.Products[p].Parameter];
                var (begin, end) = Partition.Range(parameter.Rows, worker, workers);
                var rows = DPre(0, layer.Products[p].DPreOffset);
                OneHotGradient.Run(
                    workspace.Model.Width, in rows, workspace.Tokens, steps, workspace.Batch,
                    gradients + layer.ParameterOffset + parameter.Offset, parameter.Columns, begin, end,
                    Scratch(worker), WeightGradient.ScratchFloats);
            }
        }
    }

    /// <summary>Deferred products of the same rows of dPre, or of one matrix that multiplies several vectors; where among the layer's parameters the
    /// vectors begin that are summed on the way, or -1; and the range among all tiles: an element belongs to one worker.</summary>
    private readonly record struct MatrixItem(int Layer, int[] Products, int Rows, bool IsShared, int Sums, int Begin, int End);

    /// <summary>The column sums of one vector.</summary>
    private readonly record struct VectorItem(int Layer, int Parameter, int[] DPreOffsets);
}
