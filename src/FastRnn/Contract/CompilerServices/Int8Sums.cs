using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>Where sums of rows come from and go to: the first operand of an accumulator adds to what all rows begin with, the others to the
/// rows' own sums.</summary>
/// <param name="from">What is added to, for the first row.</param>
/// <param name="fromStride">Floats from there to what the next row adds to: 0 if all rows begin with the same.</param>
/// <param name="to">Where the sums of the first row go; this may be the same place.</param>
/// <param name="stride">Floats from one row's sums to the next.</param>
internal readonly unsafe struct Int8Sums(float* from, nint fromStride, float* to, nint stride)
{
    /// <summary>What is added to, for the first row.</summary>
    public float* From { get; } = from;

    /// <summary>Floats from there to what the next row adds to.</summary>
    public nint FromStride { get; } = fromStride;

    /// <summary>The sums of the first row.</summary>
    public float* To { get; } = to;

    /// <summary>Floats from one row's sums to the next.</summary>
    public nint Stride { get; } = stride;

    /// <summary>The same of later accumulators.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int8Sums Behind(nint floats) => new(From + floats, FromStride, To + floats, Stride);

    /// <summary>The same of later rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Int8Sums Below(nint rows) => new(From + (rows * FromStride), FromStride, To + (rows * Stride), Stride);
}
