using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Activations;

/// <summary>A function without its type.</summary>
/// <param name="Name">Of the library.</param>
/// <param name="Ours">For a vector width.</param>
/// <param name="Peer">Of System.Numerics.Tensors, or null.</param>
/// <param name="Exact">In double.</param>
/// <param name="Check">In double, another way.</param>
/// <param name="From">Where the promise about its error begins.</param>
internal sealed record MeasuredFunction(
    string Name,
    Func<SimdWidth, SpanFunction> Ours,
    SpanFunction? Peer,
    Action<ReadOnlySpan<float>, Span<double>> Exact,
    Func<double, double> Check,
    float From)
{
    /// <summary>All functions of one argument that a cell may use, and what flushes its states.</summary>
    public static IReadOnlyList<MeasuredFunction> All { get; } =
    [
        Of<Sigmoid>(), Of<Tanh>(), Of<Exp>(), Of<Log>(), Of<Softplus>(), Of<Sqrt>(), Of<HardSigmoid>(), Of<HardTanh>(), Of<Relu>(),
        Of<LeakyRelu>(),
        Of<Square>(), Of<Abs>(), Of<Step>(), Of<Sign>(), Of<Flush>(),
    ];

    private static MeasuredFunction Of<F>()
        where F : IFunction => new(typeof(F).Name, Widths<F>, F.Peer, Exactly<F>, F.Check, F.From);

    private static SpanFunction Widths<F>(SimdWidth width)
        where F : IFunction => width switch
        {
            SimdWidth.Bits128 => Run<F, Simd128, Vector128<float>>,
            SimdWidth.Bits256 => Run<F, Simd256, Vector256<float>>,
            _ => Run<F, Simd512, Vector512<float>>,
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Run<F, S, V>(ReadOnlySpan<float> x, Span<float> y)
        where F : IFunction
        where S : ISimd<V>
        where V : struct
    {
        Check16(x.Length, y.Length);
        fixed (float* from = x, to = y)
        {
            for (var i = 0; i < x.Length; i += S.Lanes)
            {
                S.Store(F.Apply<S, V>(S.Load(from + i)), to + i);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exactly<F>(ReadOnlySpan<float> x, Span<double> y)
        where F : IFunction
    {
        Check16(x.Length, y.Length);
        for (var i = 0; i < x.Length; i += Vector512<float>.Count)
        {
            var (low, high) = Vector512.Widen(Vector512.Create(x[i..]));
            F.Exact(low).CopyTo(y[i..]);
            F.Exact(high).CopyTo(y[(i + Vector512<double>.Count)..]);
        }
    }

    private static void Check16(int x, int y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x, y);
        ArgumentOutOfRangeException.ThrowIfNotEqual(x % 16, 0);
    }
}
