using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>An operand of a kernel with int8 weights: a vector of each row, which is rounded to int8 before it multiplies.</summary>
/// <param name="x">The vector of row 0; null for a token.</param>
/// <param name="stride">Floats from one row's vector to the next.</param>
/// <param name="length">Its elements.</param>
/// <param name="accumulators">Which accumulators it multiplies, a bit for each.</param>
/// <param name="tokens">The token of row 0, if the vector is one-hot: it selects a column of weights, which are floats.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct Int8Operand(float* x, nint stride, int length, ulong accumulators, int* tokens = null)
{
    /// <summary>The vector of row 0.</summary>
    internal float* X { get; } = x;

    /// <summary>Floats from one row's vector to the next.</summary>
    internal nint Stride { get; } = stride;

    /// <summary>Elements of a vector.</summary>
    internal int Length { get; } = length;

    /// <summary>What it multiplies.</summary>
    internal ulong Accumulators { get; } = accumulators;

    /// <summary>The token of row 0.</summary>
    internal int* Tokens { get; } = tokens;
}
