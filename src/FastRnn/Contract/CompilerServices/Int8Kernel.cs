using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>What is constant of a kernel with int8 weights.</summary>
/// <param name="lanes">Floats of a vector.</param>
/// <param name="units">Units of its outputs.</param>
/// <param name="unitBlocks">Vectors of units in a tile.</param>
/// <param name="head">Vectors at the head of a tile, for each block.</param>
/// <param name="biases">For each accumulator the vector of the head with which it begins, or -1 for zero.</param>
/// <param name="hoist">Where the sums of the first operand stand among those that are made ahead, in floats of a step; -1 if they are
/// not.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct Int8Kernel(int lanes, int units, int unitBlocks, int head, ReadOnlySpan<sbyte> biases, int hoist = -1)
{
    /// <summary>Floats of a vector.</summary>
    internal int Lanes { get; } = lanes;

    /// <summary>Units of the outputs.</summary>
    internal int Units { get; } = units;

    /// <summary>Floats of an accumulator in a tile.</summary>
    internal int TileUnits { get; } = lanes * unitBlocks;

    /// <summary>Vectors at the head.</summary>
    internal int Head { get; } = head;

    /// <summary>With what accumulators begin.</summary>
    internal ReadOnlySpan<sbyte> Biases { get; } = biases;

    /// <summary>Where the sums of x are.</summary>
    internal int Hoist { get; } = hoist;

    /// <summary>Tiles of all units.</summary>
    internal int Tiles => (Units + TileUnits - 1) / TileUnits;
}
