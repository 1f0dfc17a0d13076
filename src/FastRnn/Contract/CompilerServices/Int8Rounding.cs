namespace FastRnn.CompilerServices;

/// <summary>How a row of a matrix becomes int8, in a session and in a file.</summary>
internal static unsafe class Int8Rounding
{
    /// <summary>2^-100.</summary>
    private const float SmallestScaled = 7.8886090522101181e-31f;

    /// <summary>The scale of a row of a matrix.</summary>
    /// <param name="source">Its first weight.</param>
    /// <param name="stride">Floats from one weight to the next.</param>
    /// <param name="length">Its weights.</param>
    public static float Scale(float* source, nint stride, int length)
    {
        var most = 0f;
        for (nint k = 0; k < length; k++)
        {
            most = Math.Max(most, Math.Abs(source[k * stride]));
        }

        return most < SmallestScaled ? 0 : BitConverter.UInt32BitsToSingle((BitConverter.SingleToUInt32Bits(most / 127) + 64) & ~127u);
    }

    /// <summary>A weight of a row, whose scale is not 0.</summary>
    public static sbyte Round(float weight, float scale) => (sbyte)MathF.Round(weight / scale, MidpointRounding.ToEven);
}
