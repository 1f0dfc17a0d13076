namespace FastRnn.Embedded;

/// <summary>Numbers that are the same on every machine.</summary>
internal static class Numbers
{
    /// <summary>Multiples of 2^-23 from -1 to 1, by xorshift (Marsaglia 2003).</summary>
    public static void Fill(Span<float> numbers)
    {
        var state = 2463534242u;
        foreach (ref var number in numbers)
        {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            number = (int)(state >> 8) * (1f / 8_388_608) - 1;
        }
    }

    /// <summary>FNV-1a (Fowler, Noll and Vo) over the bits, a number at a time.</summary>
    public static ulong Hash(ReadOnlySpan<float> numbers)
    {
        var hash = 14695981039346656037;
        foreach (var number in numbers)
        {
            hash = (hash ^ BitConverter.SingleToUInt32Bits(number)) * 1099511628211;
        }

        return hash;
    }
}
