using System.Runtime.Intrinsics;

namespace FastRnn.Training;

/// <summary>Looks for numbers that are infinite or none.</summary>
internal static unsafe class FiniteNumbers
{
    private const uint WithoutSign = 0x7FFF_FFFF;

    /// <summary>The bits of infinity: whatever has more is no number.</summary>
    private const uint Infinity = 0x7F80_0000;

    /// <summary>Whether all <paramref name="count"/> values are finite.</summary>
    public static bool Are(float* values, nint count)
    {
        var bits = (uint*)values;
        var largest = Vector256<uint>.Zero;
        nint i = 0;
        for (; i <= count - Vector256<uint>.Count; i += Vector256<uint>.Count)
        {
            largest = Vector256.Max(largest, Vector256.Load(bits + i) & Vector256.Create(WithoutSign));
        }

        var areFinite = Vector256.LessThanAll(largest, Vector256.Create(Infinity));
        for (; i < count; i++)
        {
            areFinite &= (bits[i] & WithoutSign) < Infinity;
        }

        return areFinite;
    }
}
