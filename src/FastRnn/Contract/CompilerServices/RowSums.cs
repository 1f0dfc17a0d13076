using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>What all tiles of a single row's step have in common: <c>sums = bias + W x + U h + ...</c>.</summary>
/// <param name="operands">What is multiplied, in the order of accumulation: this row's vectors, each in one chain.</param>
/// <param name="count">How many operands there are.</param>
/// <param name="panels">The panel of the first tile.</param>
/// <param name="panelFloats">Floats from one tile's panel to the next.</param>
/// <param name="head">Vectors at the head of each panel, before the weights.</param>
/// <param name="hasBias">Whether sums begin with the first of these, and not with zero.</param>
/// <param name="sums">Receives the sums, tile by tile.</param>
/// <param name="bfloat16">Whether the weights of operands of more than one element stand two in a word, the first one in its lower
/// half.</param>
/// <param name="hoisted">The sums of the first operand, made before, tile by tile; null if they were not.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly unsafe struct RowSums(
    TileOperand* operands, int count, float* panels, nint panelFloats, int head, bool hasBias, float* sums, bool bfloat16,
    float* hoisted = null)
{
    /// <summary>The first operand.</summary>
    internal TileOperand* First { get; } = operands;

    /// <summary>Behind the last operand.</summary>
    internal TileOperand* End { get; } = operands + count;

    /// <summary>The first panel.</summary>
    internal float* Panels { get; } = panels;

    /// <summary>Floats from one tile's panel to the next.</summary>
    internal nint PanelFloats { get; } = panelFloats;

    /// <summary>Vectors at the head of a panel.</summary>
    internal int Head { get; } = head;

    /// <summary>Whether sums begin with a bias.</summary>
    internal bool HasBias { get; } = hasBias;

    /// <summary>Where the sums go.</summary>
    internal float* Sums { get; } = sums;

    /// <summary>Whether two weights stand in a word.</summary>
    internal bool BFloat16 { get; } = bfloat16;

    /// <summary>The sums of the first operand; null if they are to be made.</summary>
    internal float* Hoisted { get; } = hoisted;
}
