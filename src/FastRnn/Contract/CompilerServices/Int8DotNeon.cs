using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace FastRnn.CompilerServices;

/// <summary>By the instructions of every Arm64: products in 16 bits, then their neighbours are added, there and into 32 bits.</summary>
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
        // Two products are 2 * 127 * 127 at most, which 16 bits hold.
        var (weights, elements) = (w.AsSByte(), x.AsSByte());
        var pairs = AdvSimd.Arm64.AddPairwise(
            AdvSimd.MultiplyWideningLower(weights.GetLower(), elements.GetLower()), AdvSimd.MultiplyWideningUpper(weights, elements));
        return AdvSimd.AddPairwiseWideningAndAdd(sum.AsInt32(), pairs).AsSingle();
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ToSingle(Vector128<float> sum) => Vector128.ConvertToSingle(sum.AsInt32());
}
