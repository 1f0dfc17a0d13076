using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>The packed weights of one kernel. The units of its outputs are cut into tiles of <c>UnitBlocks</c> vectors; each tile
/// lies in memory as the kernel reads it: first its vectors, then for each operand and each k the weights of all accumulators
/// (<c>accumulator, block, lane</c>, the lane fastest). Units beyond the last are zero.</summary>
/// <param name="Units">Number of units.</param>
/// <param name="UnitBlocks">Vectors of units in a tile.</param>
/// <param name="Vectors">The vectors at the head of a tile: each a sum of vector parameters (offsets from the layer's first
/// parameter).</param>
/// <param name="Operands">What is multiplied, in the order of accumulation.</param>
/// <param name="HasInt8">Whether the kernel has a form for int8 weights: it makes too many sums at once otherwise.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record PanelInfo(
    int Units, UnitBlocks UnitBlocks, IReadOnlyList<IReadOnlyList<int>> Vectors, IReadOnlyList<PanelOperand> Operands,
    bool HasInt8 = true)
{
    /// <summary>Floats of one tile at <paramref name="lanes"/> floats a vector.</summary>
    /// <param name="lanes">Floats of a vector.</param>
    /// <param name="bfloat16">Whether the weights are bfloat16, two in a word where the operand says so.</param>
    public int TileFloats(int lanes, bool bfloat16 = false)
    {
        // Called in every training step: an enumerator would be garbage.
        var vectors = Vectors.Count;
        for (var o = 0; o < Operands.Count; o++)
        {
            vectors = checked(vectors + ((bfloat16 ? Operands[o].PairedLength : Operands[o].Length) * Operands[o].Terms.Count));
        }

        return checked(TileUnits(lanes) * vectors);
    }

    /// <summary>Units of a tile at <paramref name="lanes"/> floats a vector.</summary>
    /// <param name="lanes">Floats of a vector.</param>
    public int TileUnits(int lanes) => lanes * UnitBlocks.Of(lanes);

    /// <summary>Number of tiles at <paramref name="lanes"/> floats a vector.</summary>
    /// <param name="lanes">Floats of a vector.</param>
    public int Tiles(int lanes) => (Units + TileUnits(lanes) - 1) / TileUnits(lanes);

    /// <summary>Floats of the whole panel at <paramref name="lanes"/> floats a vector.</summary>
    /// <param name="lanes">Floats of a vector.</param>
    /// <param name="bfloat16">Whether the weights are bfloat16.</param>
    public int Floats(int lanes, bool bfloat16 = false) => checked(Tiles(lanes) * TileFloats(lanes, bfloat16));
}
