namespace FastRnn;

/// <summary>A vector width. Results do not depend on it; speed does.</summary>
public enum SimdWidth
{
    /// <summary>The widest that the CPU has, or the one that the environment variable <c>FASTRNN_SIMD</c> names (128, 256, 512).</summary>
    Auto = 0,

    /// <summary>Four floats.</summary>
    Bits128 = 128,

    /// <summary>Eight floats.</summary>
    Bits256 = 256,

    /// <summary>Sixteen floats.</summary>
    Bits512 = 512,
}
