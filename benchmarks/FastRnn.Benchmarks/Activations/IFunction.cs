using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Benchmarks.Activations;

/// <summary>Computes a function of each element. Lengths are equal, and multiples of 16.</summary>
internal delegate void SpanFunction(ReadOnlySpan<float> x, Span<float> y);

/// <summary>One function of the library, for every vector, and what it should be.</summary>
internal interface IFunction
{
    /// <summary>From here on the library promises an error in ulp; below it a constant, or nothing.</summary>
    static virtual float From => float.NegativeInfinity;

    /// <summary>The same function of System.Numerics.Tensors, if there is one.</summary>
    static virtual SpanFunction? Peer => null;

    /// <summary>Ours.</summary>
    static abstract V Apply<S, V>(V x)
        where S : ISimd<V>
        where V : struct;

    /// <summary>In double, with an error far below an ulp of a float.</summary>
    static abstract Vector512<double> Exact(Vector512<double> x);

    /// <summary>In double by other means: what <see cref="Exact"/> is checked with.</summary>
    static abstract double Check(double x);
}
