using System.Runtime.CompilerServices;

namespace FastRnn.CompilerServices;

/// <summary>Tiles of int8 products where a CPU has sixteen registers for vectors, or uses no more.</summary>
internal static class SixteenRegisters
{
    /// <summary>Rows of the largest tile of 1 to 4 vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MostRows(int vectors) => vectors switch { 1 => 6, 2 => 4, 3 => 3, _ => 2 };
}
