using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace FastRnn.CompilerServices;

/// <summary>By the instructions of every Arm64: products in 16 bits, then their neighbours are added twice.</summary>
internal readonly struct Int8DotNeon : IInt8Dot<Vector128<float>>
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
        var lower = AdvSimd.AddPairwiseWidening(AdvSimd.MultiplyWideningLower(weights.GetLower(), elements.GetLower()));
        var upper = AdvSimd.AddPairwiseWidening(AdvSimd.MultiplyWideningUpper(weights, elements));
        return (sum.AsInt32() + AdvSimd.Arm64.AddPairwise(lower, upper)).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<float> sum) => Vector128.ConvertToSingle(sum.AsInt32());
}
