using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Tests.Kernels;
using FastRnn.Threading;
using FastRnn.Training;

namespace FastRnn.Tests.Allocation;

/// <summary>What everything else is made of: the thread team, kernels, optimizers, the sampler.</summary>
internal static unsafe class KernelCases
{
    private const int Steps = 3;
    private const int Batch = 2;
    private const int Size = 20;

    public static IEnumerable<SteadyState> All => [Team(1), Team(2), Team(5), new("Kernels, optimizers and the sampler", Kernels)];

    private static SteadyState Team(int threads) => new($"A team of {threads}", () =>
    {
        var (team, job) = (new ThreadTeam(threads), new EmptyJob());
        return (team, () => team.Run(job));
    });

    private static (IDisposable Owner, Action Step) Kernels()
    {
        var a = new SequenceFixture(Steps, Batch, Size, 0, 1);
        var b = new SequenceFixture(Steps, Batch, Size, 0, 2);
        var tokens = SequenceFixture.RandomTokens(Steps * Batch, Size, 3);
        var room = GC.AllocateArray<float>(WeightGradient.ScratchFloats, pinned: true);
        var buffers = SequenceFixture.RandomArray(4 * 1024, 4);
        var losses = GC.AllocateArray<double>(Steps * Batch, pinned: true);
        var sampler = new Sampler(Size, 1);
        Optimizer[] optimizers = [new Sgd(0.1f, 0.9f), new Adam(), new AdamW()];
        SimdWidth[] widths = [.. SimdWidths.Available];
        var step = 0;
        return (new MemoryStream(), () =>
        {
            step++;
            fixed (float* scratch = room, p = buffers)
            fixed (double* l = losses)
            fixed (int* k = tokens)
            {
                foreach (var width in widths)
                    RunKernels(width, a, b, k, p, scratch, l, optimizers, step);
                _ = GradientNorm.ClipFactor(*l, 1);
            }

            sampler.Next(buffers.AsSpan(0, Size), 0.5f, 5);
        }
        );
    }

    private static void RunKernels(
        SimdWidth width, SequenceFixture a, SequenceFixture b, int* tokens, float* buffers, float* scratch, double* losses,
        Optimizer[] optimizers, int step)
    {
        var operand = new WeightOperand { X = b.Rows, Columns = Size, Gradient = buffers };
        var product = new WeightGradientCall
        {
            DPre = a.Rows,
            Order = new SumOrder(Steps, Batch),
            Rows = Size,
            Operands = &operand,
            OperandCount = 1
        };
        WeightGradient.Run(width, product, 0, WeightGradient.TileCount(width, Size, Size), scratch);
        ColumnSum.Run(width, a.Rows, new SumOrder(Steps, Batch), buffers, 0, Size);
        OneHotGradient.Run(width, a.Rows, tokens, Batch, new SumOrder(Steps, Batch), buffers, Size, 0, Size, scratch, 1024);
        EmbeddingRows.Scatter(width, buffers, Size, tokens, Batch, new SumOrder(Steps, Batch), a.Rows, 0, Size);
        var loss = new LossCall
        {
            Logits = a.Rows,
            Gradient = b.Rows,
            Losses = losses,
            Steps = Steps,
            Batch = Batch,
            RowEnd = Batch,
            Outputs = Size,
            Scale = 1,
        };
        LossFunction.Run(LossKind.SoftmaxCrossEntropy, width, loss, tokens, default);
        LossFunction.Run(LossKind.SigmoidBinaryCrossEntropy, width, loss, null, a.Rows);
        LossFunction.Run(LossKind.MeanSquaredError, width, loss, null, a.Rows);
        LossFunction.Run(LossKind.MeanAbsoluteError, width, loss, null, a.Rows);
        loss.OutputNumbers = a.Rows.At(0, 0);
        loss.LabelSmoothing = 0.1;
        LossFunction.Run(LossKind.SoftmaxCrossEntropy, width, loss, tokens, default);
        LossFunction.Run(LossKind.SigmoidBinaryCrossEntropy, width, loss, null, a.Rows);
        LossFunction.Run(LossKind.Huber, width, loss, null, a.Rows);
        LossFunction.Run(LossKind.Quantile, width, loss, null, a.Rows);
        new Span<float>(buffers, 4096).Fill(0.01f);
        foreach (var optimizer in optimizers)
        {
            var update = new OptimizerCall
            {
                Parameters = buffers,
                Gradients = buffers + 1024,
                State0 = buffers + 2048,
                State1 = buffers + 3072,
                Step = step,
                GradientScale = 1,
            };
            optimizer.Update(width, update, 0, 1024);
        }

        GradientNorm.SumBlocks(buffers, 4096, losses, 0, 1);
    }

    private sealed class EmptyJob : ITeamJob
    {
        public void Execute(int worker, int workers)
        {
        }
    }
}
