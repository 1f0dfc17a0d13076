namespace FastRnn.CompilerServices;

/// <summary>How rounded rows are stored, as the CPU's instructions want them: products and sums are the same.</summary>
internal enum Int8Form
{
    /// <summary>As they are: signed times signed.</summary>
    Signed,

    /// <summary>With 128 added: unsigned times signed. 128 times the sum of a unit's weights is too much.</summary>
    Offset,

    /// <summary>Magnitudes, and a plane of their signs, all ones for a negative number: unsigned times signed, where a pair of products
    /// has 16 bits. The weights of a negative element are inverted, which is 1 less than their negative: the sum of such magnitudes
    /// is missing.</summary>
    Magnitude,
}
