using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>How many vectors of units a tile of a panel has: the widths of vectors differ in nothing else of it.</summary>
/// <param name="Bits128">Of 4 floats.</param>
/// <param name="Bits256">Of 8 floats.</param>
/// <param name="Bits512">Of 16 floats.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public readonly record struct UnitBlocks(int Bits128, int Bits256, int Bits512)
{
    /// <summary>The vectors of <paramref name="lanes"/> floats.</summary>
    /// <param name="lanes">4, 8 or 16.</param>
    public int Of(int lanes) => lanes switch
    {
        4 => Bits128,
        8 => Bits256,
        _ => Bits512,
    };
}
