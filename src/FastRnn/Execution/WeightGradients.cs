using FastRnn.CompilerServices;
using FastRnn.Kernels;
using FastRnn.Memory;
using FastRnn.Threading;

namespace FastRnn.Execution;

/// <summary>The gradients of all parameters from what a backward pass left: one deep product for each matrix, one sum for each
/// vector. Work is cut by elements of the result, never by rows of the sum, so the bits do not depend on the workers.</summary>
internal sealed unsafe partial class WeightGradients
{
    private readonly Workspace workspace;
    private readonly BackwardPass backward;
    private readonly WeightGradientPlan work;
    private readonly BatchPlan plan;
    private float* gradients;
    private float* scratch;

    public WeightGradients(Workspace workspace, BackwardPass backward)
    {
        (this.workspace, this.backward, plan) = (workspace, backward, backward.Plan);
        work = new WeightGradientPlan(Info, workspace.Model.Width);
        Whole = GradientSlice.Whole(Info, work);
    }

    private ModelInfo Info => workspace.Info;

    /// <summary>As long as the model's parameters, in their order.</summary>
    public Span<float> Gradients => new(gradients, Info.ParameterCount);

    public float* Address => gradients;

    /// <summary>Room for the gradients of other processes; null if there are none.</summary>
    public float* Others { get; private set; }

    /// <summary>Takes this part of an arena.</summary>
    public void Carve(ref ArenaLayout layout)
    {
        gradients = layout.Floats(Padding.RoundUp(Info.ParameterCount));
        Others = workspace.Sizes.Ranks > 1 ? layout.Floats(Padding.RoundUp(Info.ParameterCount)) : null;
        layout.SeparateWorkers();
        scratch = layout.Floats((nint)workspace.Sizes.Workers * WeightGradient.ScratchFloats);
        layout.SeparateWorkers();
    }

    /// <summary>Sets all gradients to zero.</summary>
    public void Clear() => Gradients.Clear();

    /// <summary>What others have sent takes the place of the gradients.</summary>
    public void Swap()
    {
        var own = gradients;
        gradients = Others;
        Others = own;
    }

    /// <summary>Multiplies all gradients.</summary>
    public void Scale(float factor) => VectorRows.Scale(gradients, factor, gradients, Padding.RoundUp(Info.ParameterCount));

    /// <summary>Parts of the gradients that can be added one after the other.</summary>
    public GradientSlice[] Slices() => GradientSlices.Of(Info, work);

    /// <summary>All of the gradients.</summary>
    public GradientSlice Whole { get; }

    /// <summary>The share of a worker: adds a part of the gradients to what is there.</summary>
    public void Accumulate(int worker, int workers, in GradientSlice slice)
    {
        var (begin, end) = Partition.Range(slice.TileEnd - slice.TileBegin, worker, workers);
        (begin, end) = (slice.TileBegin + begin, slice.TileBegin + end);
        for (var i = 0; i < work.Matrices.Count; i++)
        {
            var item = work.Matrices[i];
            var from = Math.Max(begin, item.Begin);
            var to = Math.Min(end, item.End);
            if (from < to)
            {
                Products(item, from - item.Begin, to - item.Begin, Scratch(worker));
            }
        }

        if (!slice.HasOthers)
        {
            return;
        }

        for (var i = 0; i < work.Vectors.Count; i++)
        {
            Sums(work.Vectors[i], worker, workers);
        }

        Tokens(worker, workers);
        Starts(worker, workers);
        Vectors(worker, workers);
        Tables(worker, workers);
    }

    private SumOrder Order(int layer) => TimeOf(layer).Order;

    private SumOrder OrderOf(int layer, int sequence) => TimeOf(layer).OrderOf(sequence);

    private TimeRows TimeOf(int layer) => plan[workspace.Steps[layer].Time];

    private float* Scratch(int worker) => scratch + ((nint)worker * WeightGradient.ScratchFloats);

    /// <summary>Some tiles of an item. A matrix that multiplies several vectors is summed sequence by sequence, as if each came alone;
    /// otherwise the bits would depend on the batch.</summary>
    private void Products(WeightGradientPlan.MatrixItem item, int tileBegin, int tileEnd, float* scratch)
    {
        var operands = stackalloc WeightOperand[item.Products.Length];
        if (!item.IsShared)
        {
            Product(item, item.Products, operands, Order(item.Layer), tileBegin, tileEnd, scratch);
            return;
        }

        for (var sequence = plan.FirstSequence; sequence < plan.FirstSequence + plan.Count; sequence++)
        {
            for (var p = 0; p < item.Products.Length; p++)
            {
                Product(item, item.Products.AsSpan(p, 1), operands, OrderOf(item.Layer, sequence), tileBegin, tileEnd, scratch);
            }
        }
    }

    /// <summary>The products of some positions.</summary>
    private void Product(
        WeightGradientPlan.MatrixItem item,
        ReadOnlySpan<int> products,
        WeightOperand* operands,
        SumOrder order,
        int tileBegin,
        int tileEnd,
        float* scratch)
    {
        var layer = Info.Layers[item.Layer];
        for (var i = 0; i < products.Length; i++)
        {
            var parameter = WeightGradientPlan.Matrix(layer, products[i]);
            operands[i] = new WeightOperand
            {
                X = Operand(item.Layer, layer.Products[products[i]]),
                Columns = parameter.Columns,
                Gradient = gradients + layer.ParameterOffset + parameter.Offset,
            };
        }

        var call = new WeightGradientCall
        {
            DPre = DPre(item.Layer, layer.Products[products[0]].DPreOffset),
            Order = order,
            Rows = item.Rows,
            Sums = item.Sums < 0 ? null : gradients + layer.ParameterOffset + item.Sums,
            Operands = operands,
            OperandCount = products.Length,
        };
        WeightGradient.Run(workspace.Model.Width, in call, tileBegin, tileEnd, scratch);
    }

    private SequenceRows DPre(int layer, int offset) =>
        TimeOf(layer).Rows(backward.DPre(layer) + offset, Info.Layers[layer].DPreStride, 0);

    private SequenceRows Operand(int layer, WeightProduct product)
    {
        var (info, buffers, time) = (Info.Layers[layer], workspace[layer], TimeOf(layer));
        return product.Operand switch
        {
            OperandKind.Input => workspace.Values(workspace.Steps[layer].Sources[0], 0),
            OperandKind.State =>
                time.BeforeSteps(buffers.States[product.OperandIndex].Values, workspace.Steps[layer].StateSizes[product.OperandIndex], 0),
            _ => time.Rows(buffers.Tape + product.OperandIndex, info.TapeStride, 0),
        };
    }

    /// <summary>The gradient of a vector: sums of columns of dPre, cut among the workers by columns; sequence by sequence if there are
    /// several.</summary>
    private void Sums(WeightGradientPlan.VectorItem item, int worker, int workers)
    {
        var info = Info.Layers[item.Layer];
        var parameter = info.Parameters[item.Parameter];
        var (begin, end) = Partition.Range(parameter.Rows, worker, workers, Padding.Unit);
        var together = item.DPreOffsets.Length == 1;
        for (var sequence = plan.FirstSequence; sequence < plan.FirstSequence + (together ? 1 : plan.Count); sequence++)
        {
            for (var i = 0; i < item.DPreOffsets.Length; i++)
            {
                var block = DPre(item.Layer, item.DPreOffsets[i]);
                ColumnSum.Run(
                    workspace.Model.Width,
                    in block,
                    together ? Order(item.Layer) : OrderOf(item.Layer, sequence),
                    gradients + info.ParameterOffset + parameter.Offset,
                    begin,
                    end);
            }
        }
    }

    /// <summary>What belongs to tokens is added to their rows or columns: the transpose of a copy.</summary>
    private void Tokens(int worker, int workers)
    {
        InputTables(workspace.Inputs, TimeDomain.Main, backward.DInput, Padding.RoundUp(Info.InputSize), worker, workers);
        if (Info.Source is { } source)
        {
            InputTables(workspace.SourceInputs, TimeDomain.Source, backward.DSource, Padding.RoundUp(source.InputSize), worker, workers);
        }

        for (var l = 0; l < Info.Layers.Count; l++)
        {
            for (var p = 0; p < Info.Layers[l].Products.Count; p++)
            {
                if (WeightGradientPlan.IsScatter(Info.Layers[l], Info.Layers[l].Products[p]))
                {
                    OneHot(l, Info.Layers[l].Products[p], worker, workers);
                }
            }
        }
    }

    /// <summary>The tables of inputs, each from its part of the gradient of what the first layer reads.</summary>
    private void InputTables(InputPlace[] inputs, TimeDomain domain, float* gradient, int stride, int worker, int workers)
    {
        var time = plan[domain];
        foreach (var input in inputs)
        {
            if (input.Table >= 0)
            {
                var (begin, end) = Partition.Range(input.Size, worker, workers, Padding.Unit);
                EmbeddingRows.Scatter(
                    workspace.Model.Width, gradients + input.Table, input.Size, workspace.TokensOf(input, domain), time.StepStride,
                    time.Order, time.Rows(gradient + input.Offset, stride, 0), begin, end);
            }
        }
    }

    private void OneHot(int layer, WeightProduct product, int worker, int workers)
    {
        var info = Info.Layers[layer];
        var parameter = info.Parameters[product.Parameter];
        var (begin, end) = Partition.Range(parameter.Rows, worker, workers);
        var rows = DPre(layer, product.DPreOffset);
        OneHotGradient.Run(
            workspace.Model.Width, in rows, workspace.Tokens, plan[TimeDomain.Main].StepStride, Order(layer),
            gradients + info.ParameterOffset + parameter.Offset, parameter.Columns, begin, end,
            Scratch(worker), WeightGradient.ScratchFloats);
    }
}
