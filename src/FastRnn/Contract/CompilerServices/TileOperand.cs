using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>An operand of a tile: a vector of each row, whose elements multiply a panel of weights one after the other.</summary>
/// <param name="x">The vector of row 0; null for a token.</param>
/// <param name="stride">Floats from one row's vector to the next.</param>
/// <param name="length">Its elements.</param>
/// <param name="tokens">The token of row 0, if the vector is one-hot: it selects a column of weights, and nothing is multiplied.</param>
/// <param name="chains">Into how many chains of equal length (the last may be a little longer) the elements are cut: the first continues
/// the sums so far, the others begin at zero, and are added in order when all operands are done.</param>
/// <param name="skipsFirst">Of operands that multiply all accumulators but one: whether it is the first one, and not the last
/// one.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct TileOperand(float* x, nint stride, nint length, int* tokens = null, int chains = 1, bool skipsFirst = false)
{
    /// <summary>The vector of row 0.</summary>
    internal float* X { get; } = x;

    /// <summary>Floats from one row's vector to the next.</summary>
    internal nint Stride { get; } = stride;

    /// <summary>Elements of a vector.</summary>
    internal nint Length { get; } = length;

    /// <summary>The token of row 0.</summary>
    internal int* Tokens { get; } = tokens;

    /// <summary>Chains.</summary>
    internal int Chains { get; } = chains;

    /// <summary>Which accumulator is not multiplied, of all but one.</summary>
    internal bool SkipsFirst { get; } = skipsFirst;

    /// <summary>Some of the elements, as an operand.</summary>
    internal TileOperand Block(nint from, nint length) => new(X + from, Stride, length, Tokens, skipsFirst: SkipsFirst);

    /// <summary>Elements of a chain, but for the last.</summary>
    internal nint ChainLength => Chains == 1 ? Length : Length / Chains;
}
