using FastRnn.CompilerServices;
using FastRnn.Memory;

namespace FastRnn.Kernels;

/// <summary>Losses and gradients of an <see cref="ILossKernel"/>.</summary>
internal static unsafe class EquationLoss<TKernel>
    where TKernel : struct, ILossKernel
{
    /// <summary>Losses and gradients against <paramref name="targets"/>, whose rows need no padding.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="call">Rows and sizes.</param>
    /// <param name="targets"><c>[T, B, N / Outputs]</c>.</param>
    public static void Run(SimdWidth width, in LossCall call, in SequenceRows targets) =>
        SimdDispatch.Run(width, new Work(in call, in targets));

    private static void Run<S, V>(in LossCall call, in SequenceRows targets)
        where S : ISimd<V>
        where V : struct
    {
        var scratch = stackalloc float[LaneSums.Count * (1 + TKernel.Sums)];
        var padded = Padding.RoundUp(call.Outputs);
        for (var step = 0; step < call.Steps; step++)
        {
            for (var at = call.RowBegin; at < call.RowEnd; at++)
            {
                new Span<float>(scratch, LaneSums.Count * (1 + TKernel.Sums)).Clear();
                var gradient = call.Gradient.At(step, at);
                var row = new LossRow(
                    call.Logits.At(step, at), targets.At(step, at), gradient, call.Outputs / TKernel.Outputs, call.Scale, scratch);
                TKernel.Step<S, V>(ref row);
                new Span<float>(gradient + call.Outputs, padded - call.Outputs).Clear();
                call.Losses[((nint)step * call.Batch) + at] = row.Loss;
            }
        }
    }

    private readonly ref struct Work(ref readonly LossCall call, ref readonly SequenceRows targets) : ISimdWork
    {
        private readonly ref readonly LossCall call = ref call;
        private readonly ref readonly SequenceRows targets = ref targets;

        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => EquationLoss<TKernel>.Run<S, V>(call, targets);
    }
}
