using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FastRnn.CompilerServices;

/// <summary>By what every CPU has: correct, and slow.</summary>
internal readonly struct Int8DotPortable : IInt8Dot<Vector128<float>>
{
    /// <inheritdoc/>
    public static Int8Form Form
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Int8Form.Signed;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MostRows(int vectors) => SixteenRegisters.MostRows(vectors);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Dot(Vector128<float> sum, Vector128<float> x, Vector128<float> sign, Vector128<float> w)
    {
        var (weights, elements) = (w.AsSByte(), x.AsSByte());
        var sums = sum.AsInt32();
        for (var lane = 0; lane < Vector128<int>.Count; lane++)
        {
            var added = 0;
            for (var k = 4 * lane; k < (4 * lane) + 4; k++)
            {
                added += weights[k] * elements[k];
            }

            sums = sums.WithElement(lane, sums[lane] + added);
        }

        return sums.AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<float> sum) => Vector128.ConvertToSingle(sum.AsInt32());
}
