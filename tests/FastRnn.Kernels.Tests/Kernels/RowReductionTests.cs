using System.Runtime.Intrinsics;

using FastRnn.CompilerServices;

namespace FastRnn.Tests.Kernels;

public sealed unsafe class RowReductionTests
{
    /// <summary>What stands behind a row.</summary>
    private const float Padding = float.NaN;

    public static TheoryData<int> Lengths => [1, 2, 7, 15, 16, 17, 31, 32, 33, 100, 257];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_width_sums_16_chains_and_a_tree_and_leaves_the_padding_alone(int length)
    {
        var random = new Random(length);
        float[] row = [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() - 0.25f), .. Enumerable.Repeat(Padding, 16)];
        var chains = new float[16];
        for (var i = 0; i < length; i++)
            chains[i % 16] += row[i];
        for (var half = 8; half > 0; half /= 2)
        {
            for (var i = 0; i < half; i++)
                chains[i] += chains[i + half];
        }

        fixed (float* values = row)
        {
            Check<Simd128, Vector128<float>>(values, length, chains[0]);
            if (SimdWidths.Available.Contains(SimdWidth.Bits256))
                Check<Simd256, Vector256<float>>(values, length, chains[0]);
            if (SimdWidths.Available.Contains(SimdWidth.Bits512))
                Check<Simd512, Vector512<float>>(values, length, chains[0]);
        }
    }

    private static void Check<S, V>(float* values, int length, float sum)
        where S : ISimd<V>
        where V : struct
    {
        var line = new float[16];
        fixed (float* to = line)
        {
            RowReduction.Sum<S, V>(values, length, to);
            Assert.All(line[..S.Lanes], value => Assert.Equal(sum, value));
            RowReduction.Mean<S, V>(values, length, to);
            Assert.All(line[..S.Lanes], value => Assert.Equal(sum / length, value));
        }
    }
}
