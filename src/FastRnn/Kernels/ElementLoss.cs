using FastRnn.CompilerServices;

namespace FastRnn.Kernels;

/// <summary>Losses and gradients of an <see cref="IElementLoss"/>.</summary>
internal static unsafe class ElementLoss<TLoss>
    where TLoss : struct, IElementLoss
{
    /// <summary>Losses and gradients against <paramref name="targets"/>, whose rows need no padding.</summary>
    /// <param name="width">The vector width.</param>
    /// <param name="call">Rows and sizes.</param>
    /// <param name="targets"><c>[T, B, N]</c>.</param>
    public static void Run(SimdWidth width, in LossCall call, in SequenceRows targets) =>
        SimdDispatch.Run(width, new Work(in call, in targets));

    private static void Run<S, V>(in LossCall call, in SequenceRows targets)
        where S : ISimd<V>
        where V : struct
    {
        var divisor = TLoss.Divisor(call.Outputs);
        var factor = S.Create(call.Scale / divisor);
        for (var step = 0; step < call.Steps; step++)
        {
            for (var row = call.RowBegin; row < call.RowEnd; row++)
            {
                var sum = Row<S, V>(call.Logits.At(step, row), call.Gradient.At(step, row), targets.At(step, row), in call, factor);
                call.Losses[(nint)step * call.Batch + row] = (double)sum / divisor;
            }
        }
    }

    private static float Row<S, V>(float* logits, float* gradient, float* targets, in LossCall call, V factor)
        where S : ISimd<V>
        where V : struct
    {
        var outputs = call.Outputs;
        var chains = stackalloc float[LaneSums.Count];
        var edgeTargets = stackalloc float[LaneSums.Count];
        var terms = stackalloc float[LaneSums.Count];
        new Span<float>(chains, LaneSums.Count).Clear();
        new Span<float>(edgeTargets, LaneSums.Count).Clear();
        for (var i = 0; i < outputs; i += LaneSums.Count)
        {
            var count = Math.Min(LaneSums.Count, outputs - i);
            var y = targets + i;
            if (count < LaneSums.Count)
            {
                new ReadOnlySpan<float>(y, count).CopyTo(new Span<float>(edgeTargets, count));
                y = edgeTargets;
            }

            for (var lane = 0; lane < LaneSums.Count; lane += S.Lanes)
            {
                var z = S.Load(logits + i + lane);
                var number = TLoss.HasNumbers ? S.Load(call.OutputNumbers + i + lane) : S.Zero;
                S.Store(TLoss.Term<S, V>(z, S.Load(y + lane), number), terms + lane);
                var derivative = S.Multiply(TLoss.Derivative<S, V>(z, S.Load(y + lane), number), factor);
                S.Store(Activation.Flush<S, V>(derivative), gradient + i + lane);
            }

            for (var lane = count; lane < LaneSums.Count; lane++)
                terms[lane] = gradient[i + lane] = 0;
            for (var lane = 0; lane < LaneSums.Count; lane += S.Lanes)
                S.Store(S.Add(S.Load(chains + lane), S.Load(terms + lane)), chains + lane);
        }

        return LaneSums.Tree(chains);
    }

    private readonly ref struct Work(ref readonly LossCall call, ref readonly SequenceRows targets) : ISimdWork
    {
        private readonly ref readonly LossCall call = ref call;
        private readonly ref readonly SequenceRows targets = ref targets;

        public void Run<S, V>()
            where S : ISimd<V>
            where V : struct => ElementLoss<TLoss>.Run<S, V>(call, targets);
    }
}
