using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Models;
using FastRnn.Threading;

namespace FastRnn.Training;

/// <summary>The gradients of all parameters from what a backward pass left: one deep product for each matrix, one sum for each
/// vector. Work is cut by elements of the result, never by rows of the sum, so the bits do not depend on the workers.</summary>
internal sealed unsafe partial class WeightGradients<TModel>
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
}
