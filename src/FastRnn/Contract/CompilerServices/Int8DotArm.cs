using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace FastRnn.CompilerServices;

/// <summary>By the dot product of Arm64.</summary>
internal readonly struct Int8DotArm : IInt8Dot<Vector128<float>>
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
    public static Vector128<float> Dot(Vector128<float> sum, Vector128<float> x, Vector128<float> sign, Vector128<float> w) =>
        Dp.DotProduct(sum.AsInt32(), w.AsSByte(), x.AsSByte()).AsSingle();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<float> sum) => Vector128.ConvertToSingle(sum.AsInt32());
}
