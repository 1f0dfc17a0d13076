using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.CompilerServices;

/// <summary>By AVX-VNNI: one instruction does it, with unsigned elements. Sums may wrap around, and are back when what is too much is
/// taken away.</summary>
internal readonly struct Int8DotVnni : IInt8Dot<Vector256<float>>
{
    /// <inheritdoc/>
    public static Int8Form Form
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Int8Form.Offset;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MostRows(int vectors) => vectors switch { 2 => 6, 3 => 4, _ => SixteenRegisters.MostRows(vectors) };

    /// <inheritdoc/>
    /// <remarks>Twelve sums of 4 x 3 or 6 x 2 hide the instruction's five cycles where two of them begin in each; the eight of 2 x 4 do
    /// not, and the ten of 5 x 2 only if nothing else comes between. 4 x 3 leaves no rest of 32 or 64 rows.</remarks>
    public static int MostVectors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 3;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Dot(Vector256<float> sum, Vector256<float> x, Vector256<float> sign, Vector256<float> w) =>
        AvxVnni.MultiplyWideningAndAdd(sum.AsInt32(), x.AsByte(), w.AsSByte()).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ToSingle(Vector256<float> sum) => Vector256.ConvertToSingle(sum.AsInt32());
}
