using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>What all tiles of a kernel's step have in common: <c>sums = bias + W x + U h + ...</c>.</summary>
/// <param name="operands">What is multiplied, in the order of accumulation.</param>
/// <param name="count">How many operands there are.</param>
/// <param name="head">Vectors at the head of each panel, before the weights.</param>
/// <param name="hasBias">Whether sums begin with the first of these, and not with zero.</param>
/// <param name="sums">Receives the sums of a tile, row by row.</param>
/// <param name="stride">Floats from one row of sums to the next.</param>
/// <param name="ahead">Floats from a panel to the next one, if that is to be asked for while this one is multiplied; else 0.</param>
/// <param name="firstRow">The row with which the first tile of each panel begins.</param>
/// <param name="depth">Elements of an operand that are multiplied for many rows before the next ones are, so that their weights are read
/// from the first cache; 0 if a tile goes through all elements at once. Operands have one chain then.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct TileSums(
    TileOperand* operands, int count, int head, bool hasBias, float* sums, nint stride, nint ahead = 0, int firstRow = 0, int depth = 0)
{
    /// <summary>The first operand.</summary>
    internal TileOperand* First { get; } = operands;

    /// <summary>Behind the last operand.</summary>
    internal TileOperand* End { get; } = operands + count;

    /// <summary>Vectors at the head of a panel.</summary>
    internal int Head { get; } = head;

    /// <summary>Whether sums begin with a bias.</summary>
    internal bool HasBias { get; } = hasBias;

    /// <summary>Where the sums go.</summary>
    internal float* Sums { get; } = sums;

    /// <summary>Floats from one row of them to the next.</summary>
    internal nint Stride { get; } = stride;

    /// <summary>Floats from a panel to the next one, or 0.</summary>
    internal nint Ahead { get; } = ahead;

    /// <summary>The row with which the first tile begins.</summary>
    internal int FirstRow { get; } = firstRow;

    /// <summary>Elements of a block, or 0.</summary>
    internal int Depth { get; } = depth;
}
