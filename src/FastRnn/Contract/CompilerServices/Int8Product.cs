using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

using Dp = System.Runtime.Intrinsics.Arm.Dp;
using Neon = System.Runtime.Intrinsics.Arm.AdvSimd.Arm64;

namespace FastRnn.CompilerServices;

/// <summary>A kernel with int8 weights: operands are rounded row by row, products are summed exactly, each operand's sums are added to the
/// accumulators in order, and the equations follow in single precision. It knows no cell, and works for any.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Int8Product
{
    /// <summary>Whether this program can have int8 weights: yes, unless its project says <c>FastRnnInt8=false</c>, as a native one does
    /// that says nothing.</summary>
    [FeatureSwitchDefinition("FastRnn.Int8")]
    public static bool IsSupported { get; } = !AppContext.TryGetSwitch("FastRnn.Int8", out var isOn) || isOn;

    /// <summary>One step of a kernel.</summary>
    /// <param name="call">The layer's arguments; <see cref="LayerCall.Int8Room"/> is there.</param>
    /// <param name="t">The step.</param>
    /// <param name="kernel">What is constant of the kernel.</param>
    /// <param name="operands">What is multiplied, in the order of accumulation.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="w">The kernel's tiles.</param>
    /// <param name="equations">What follows the sums of some rows, which are in the scratch: the step, the first row, how many, the first
    /// unit.</param>
    /// <returns>Behind the kernel's tiles.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float* Run(
        in LayerCall call, int t, in Int8Kernel kernel, Int8Operand* operands, int count, float* w,
        delegate*<in LayerCall, int, int, int, int, void> equations) =>
        Choose(in call, t, in kernel, operands, count, w, new Int8Equations(equations, null));

    /// <summary>The same for equations that read the head of a tile.</summary>
    /// <inheritdoc cref="Run"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float* RunWithHead(
        in LayerCall call, int t, in Int8Kernel kernel, Int8Operand* operands, int count, float* w,
        delegate*<in LayerCall, int, int, int, int, float*, void> equations) =>
        Choose(in call, t, in kernel, operands, count, w, new Int8Equations(null, equations));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float* Choose(
        in LayerCall call, int t, in Int8Kernel kernel, Int8Operand* operands, int count, float* w, Int8Equations equations)
    {
        // The best first. All have the same bits.
        if (AvxVnni.IsSupported && kernel.Lanes >= 8)
            return Int8Walk<Simd256, Vector256<float>, Int8DotVnni>.Run(in call, t, in kernel, operands, count, w, equations);
        if (Avx512BW.IsSupported && kernel.Lanes == 16)
            return Int8Walk<Simd512, Vector512<float>, Int8Dot512>.Run(in call, t, in kernel, operands, count, w, equations);
        if (Avx2.IsSupported && kernel.Lanes >= 8)
            return Int8Walk<Simd256, Vector256<float>, Int8Dot256>.Run(in call, t, in kernel, operands, count, w, equations);
        if (Ssse3.IsSupported)
            return Int8Walk<Simd128, Vector128<float>, Int8Dot128>.Run(in call, t, in kernel, operands, count, w, equations);
        if (Dp.IsSupported)
            return Int8Walk<Simd128, Vector128<float>, Int8DotArm>.Run(in call, t, in kernel, operands, count, w, equations);
        if (Neon.IsSupported)
            return Int8Walk<Simd128, Vector128<float>, Int8DotNeon>.Run(in call, t, in kernel, operands, count, w, equations);
        return Int8Walk<Simd128, Vector128<float>, Int8DotPortable>.Run(in call, t, in kernel, operands, count, w, equations);
    }
}
