using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.CompilerServices;

/// <summary>By SSSE3, as <see cref="Int8Dot512"/> does it.</summary>
internal readonly struct Int8Dot128 : IInt8Dot<Vector128<float>>
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
    public static Vector128<float> Dot(Vector128<float> sum, Vector128<float> x, Vector128<float> sign, Vector128<float> w)
    {
        var signed = (w.AsInt32() ^ sign.AsInt32()).AsSByte();
        var pairs = Ssse3.MultiplyAddAdjacent(x.AsByte(), signed);
        return (sum.AsInt32() + Sse2.MultiplyAddAdjacent(pairs, Vector128<short>.One)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<float> sum) => Vector128.ConvertToSingle(sum.AsInt32());
}
