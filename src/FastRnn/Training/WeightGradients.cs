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
    private readonly List<Item> items = [];
    private readonly int tiles;
    private float* gradients;
    private float* scratch;

    public WeightGradients(Workspace<TModel> workspace, BackwardPass<TModel> backward)
    {
        this.workspace = workspace;
        this.backward = backward;
        for (var l = 0; l < Info.Layers.Count; l++)
        {
            var layer = Info.Layers[l];
            for (var p = 0; p < layer.Products.Count; p++)
            {
                var parameter = layer.Parameters[layer.Products[p].Parameter];
                if (!IsScatter(l, layer.Products[p]))
                {
                    var count = WeightGradient.TileCount(workspace.Model.Width, parameter.Rows, parameter.Columns);
                    items.Add(new Item(l, p, tiles, tiles + count));
                    tiles += count;
                }
            }
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
                var call = Call(item, steps);
                WeightGradient.Run(
                    workspace.Model.Width, in call, from - item.Begin, to - item.Begin, Scratch(worker));
            }
        }

        for (var l = 0; l < Info.Layers.Count; l++)
        {
            Sums(l, worker, workers, steps);
        }

        Tokens(worker, workers, steps);
    }

    private float* Scratch(int worker) => scratch + ((nint)worker * WeightGradient.ScratchFloats);

    private static bool IsScatter(int layer, WeightProduct product) =>
        Info.Layers[layer].ReadsToken && product.Operand == OperandKind.Input;

    private WeightGradientCall Call(Item item, int steps)
    {
        var layer = Info.Layers[item.Layer];
        var product = layer.Products[item.Product];
        var parameter = layer.Parameters[product.Parameter];
        return new WeightGradientCall
        {
            DPre = DPre(item.Layer, product.DPreOffset),
            X = Operand(item.Layer, product),
            Steps = steps,
            Batch = workspace.Batch,
            Rows = parameter.Rows,
            Columns = parameter.Columns,
            Gradient = gradients + layer.ParameterOffset + parameter.Offset,
        };
    }

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

    /// <summary>The gradients of vectors: sums of columns of dPre, cut among the workers by columns.</summary>
    private void Sums(int layer, int worker, int workers, int steps)
    {
        var info = Info.Layers[layer];
        for (var s = 0; s < info.Sums.Count; s++)
        {
            var parameter = info.Parameters[info.Sums[s].Parameter];
            var (begin, end) = Partition.Range(parameter.Rows, worker, workers, Padding.Unit);
            var block = DPre(layer, info.Sums[s].DPreOffset);
            ColumnSum.Run(
                workspace.Model.Width,
                in block,
                steps,
                workspace.Batch,
                gradients + info.ParameterOffset + parameter.Offset,
                begin,
                end);
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

    /// <summary>A product's range among all tiles.</summary>
    private readonly record struct Item(int Layer, int Product, int Begin, int End);
}
