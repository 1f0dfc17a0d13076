using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.CompilerServices;

/// <summary>By AVX-512: pairs of products in 16 bits, which cannot overflow (127 * 128 * 2 is below 2^15), then pairs of these in 32
/// bits.</summary>
internal readonly struct Int8Dot512 : IInt8Dot<Vector512<float>>
{
    /// <inheritdoc/>
    public static Int8Form Form
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Int8Form.Magnitude;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MostRows(int vectors) => vectors <= 3 ? 6 : 5;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Dot(Vector512<float> sum, Vector512<float> x, Vector512<float> sign, Vector512<float> w)
    {
        var signed = (w.AsInt32() ^ sign.AsInt32()).AsSByte();
        var pairs = Avx512BW.MultiplyAddAdjacent(x.AsByte(), signed);
        return (sum.AsInt32() + Avx512BW.MultiplyAddAdjacent(pairs, Vector512<short>.One)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ToSingle(Vector512<float> sum) => Vector512.ConvertToSingle(sum.AsInt32());
}
