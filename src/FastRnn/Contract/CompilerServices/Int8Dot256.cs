using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.CompilerServices;

/// <summary>By AVX2, as <see cref="Int8Dot512"/> does it.</summary>
internal readonly struct Int8Dot256 : IInt8Dot<Vector256<float>>
{
    /// <inheritdoc/>
    public static Int8Form Form
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Int8Form.Magnitude;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MostRows(int vectors) => SixteenRegisters.MostRows(vectors);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Dot(Vector256<float> sum, Vector256<float> x, Vector256<float> sign, Vector256<float> w)
    {
        var signed = (w.AsInt32() ^ sign.AsInt32()).AsSByte();
        var pairs = Avx2.MultiplyAddAdjacent(x.AsByte(), signed);
        return (sum.AsInt32() + Avx2.MultiplyAddAdjacent(pairs, Vector256<short>.One)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector256<float> sum) => Vector256.ConvertToSingle(sum.AsInt32());
}
