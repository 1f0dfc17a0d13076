namespace FastRnn.Tests.Kernels;

/// <summary>Products with int8 weights, in the words of the arithmetic contract: loops over numbers.</summary>
internal static class Int8Definition
{
    private static readonly float Smallest = MathF.ScaleB(1, -100);

    /// <summary>A row of a matrix, rounded: its numbers, and their scale.</summary>
    public static (sbyte[] Q, float Scale) RoundRow(ReadOnlySpan<float> weights)
    {
        var most = 0f;
        foreach (var weight in weights)
            most = Math.Max(most, Math.Abs(weight));
        var q = new sbyte[weights.Length];
        if (most < Smallest)
            return (q, 0);

        // To 17 of 24 bits: of the lowest 7 none is left.
        var scale = most / 127;
        var unit = MathF.ScaleB(1, MathF.ILogB(scale) - 16);
        scale = MathF.Round(scale / unit, MidpointRounding.AwayFromZero) * unit;
        for (var k = 0; k < q.Length; k++)
            q[k] = checked((sbyte)MathF.Round(weights[k] / scale, MidpointRounding.ToEven));
        return (q, scale);
    }

    /// <summary>A vector, rounded: its numbers, and their scale.</summary>
    public static (sbyte[] Q, float Scale) Round(ReadOnlySpan<float> x)
    {
        var most = 0f;
        foreach (var number in x)
            most = Math.Max(most, Math.Abs(number));
        var q = new sbyte[x.Length];
        if (!float.IsFinite(most))
            return (q, float.NaN);
        if (most < Smallest)
            return (q, 0);
        for (var k = 0; k < q.Length; k++)
            q[k] = checked((sbyte)MathF.Round(x[k] * (127 / most), MidpointRounding.ToEven));
        return (q, most / 127);
    }

    /// <summary>A sum, and the product of a row of weights with a vector: what an accumulator becomes.</summary>
    public static float Add(float sum, ReadOnlySpan<float> weights, ReadOnlySpan<float> x)
    {
        var (products, scale) = Product(weights, x);
        return MathF.FusedMultiplyAdd(products, scale, sum);
    }

    /// <summary>The sum of integer products, as a float, and its scale.</summary>
    public static (float Products, float Scale) Product(ReadOnlySpan<float> weights, ReadOnlySpan<float> x)
    {
        var ((w, rowScale), (q, scale)) = (RoundRow(weights), Round(x));
        var products = 0L;
        for (var k = 0; k < q.Length; k++)
            products += w[k] * q[k];
        return (products, scale * rowScale);
    }
}
