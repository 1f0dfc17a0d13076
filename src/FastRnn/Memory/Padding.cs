namespace FastRnn.Memory;

/// <summary>Rows in the arenas are padded to whole vectors of 512 bits, whatever the width in use, so that offsets are
/// constants of the model.</summary>
internal static class Padding
{
    /// <summary>Floats in a padding unit: 64 bytes.</summary>
    public const int Unit = 16;

    /// <summary>The smallest multiple of <see cref="Unit"/> that is not below <paramref name="size"/>.</summary>
    public static int RoundUp(int size) => (size + Unit - 1) / Unit * Unit;
}
