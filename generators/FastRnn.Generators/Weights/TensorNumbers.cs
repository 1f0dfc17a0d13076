namespace FastRnn.Generators.Weights;

/// <summary>The numbers of a tensor, in single precision: F32 as it is, F16 and BF16 widened, F64 rounded.</summary>
internal static class TensorNumbers
{
    public static bool CanRead(string type) => type is "F32" or "F64" or "F16" or "BF16";

    public static float[] Read(byte[] bytes, int begin, string type, int count)
    {
        var numbers = new float[count];
        switch (type)
        {
            case "F32":
                Buffer.BlockCopy(bytes, begin, numbers, 0, 4 * count);
                break;
            case "F64":
                Fill(numbers, i => (float)BitConverter.ToDouble(bytes, begin + (8 * i)));
                break;
            case "F16":
                Fill(numbers, i => Half(BitConverter.ToUInt16(bytes, begin + (2 * i))));
                break;
            default:
                var halves = new ushort[2 * count];
                for (var i = 0; i < count; i++)
                {
                    halves[(2 * i) + 1] = BitConverter.ToUInt16(bytes, begin + (2 * i));
                }

                Buffer.BlockCopy(halves, 0, numbers, 0, 4 * count);
                break;
        }

        return numbers;
    }

    /// <summary>The upper half of the bfloat16 nearest to each number, ties to even; what would become infinite is cut off
    /// instead.</summary>
    public static ushort[] ToBFloat16(float[] numbers)
    {
        var bits = new uint[numbers.Length];
        Buffer.BlockCopy(numbers, 0, bits, 0, 4 * numbers.Length);
        return bits.Select(b =>
        {
            var rounded = unchecked(b + 0x7FFF + ((b >> 16) & 1)) >> 16;
            return (ushort)((rounded & 0x7F80) == 0x7F80 ? b >> 16 : rounded);
        }).ToArray();
    }

    /// <summary>The scale of a row of int8 numbers: a 127th of the largest magnitude, to 17 bits, so that products with such numbers are
    /// floats; 0 if all are below 2^-100.</summary>
    public static float Int8Scale(float[] numbers, int first, int count)
    {
        var most = 0f;
        for (var i = first; i < first + count; i++)
        {
            most = Math.Max(most, Math.Abs(numbers[i]));
        }

        // A quotient of floats in double precision, rounded to a float, is rounded as if once.
        float[] scale = [(float)((double)most / 127)];
        var bits = new uint[1];
        Buffer.BlockCopy(scale, 0, bits, 0, 4);
        bits[0] = (bits[0] + 64) & ~127u;
        Buffer.BlockCopy(bits, 0, scale, 0, 4);
        return most < Math.Pow(2, -100) ? 0 : scale[0];
    }

    /// <summary>The integer nearest to a number over its row's scale, ties to even.</summary>
    public static sbyte ToInt8(float number, float scale) =>
        scale == 0 ? (sbyte)0 : (sbyte)Math.Round((float)((double)number / scale), MidpointRounding.ToEven);

    public static bool IsFinite(float number) => !float.IsNaN(number) && !float.IsInfinity(number);

    private static void Fill(float[] numbers, Func<int, float> number)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = number(i);
        }
    }

    /// <summary>A sign, five bits of exponent, ten of fraction: every such number is a float.</summary>
    private static float Half(ushort bits)
    {
        const int Bias = 15;
        const int FractionBits = 10;
        var (exponent, fraction) = ((bits >> FractionBits) & 31, bits & 1023);
        var magnitude = exponent switch
        {
            31 => fraction == 0 ? double.PositiveInfinity : double.NaN,
            0 => fraction * Math.Pow(2, 1 - Bias - FractionBits),
            _ => (1024 + fraction) * Math.Pow(2, exponent - Bias - FractionBits),
        };
        return (float)(bits >> 15 == 0 ? magnitude : -magnitude);
    }
}
