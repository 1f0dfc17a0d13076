using FastRnn.Tests.Kernels;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

public sealed unsafe class GradientNormTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(4096)]
    [InlineData(4112)]
    [InlineData(3 * 4096 + 32)]
    public void The_norm_agrees_with_double_and_blocks_may_be_done_in_any_order(int count)
    {
        var values = SequenceFixture.RandomArray(count, 1);
        var blocks = GradientNorm.BlockCount(count);
        double* together = stackalloc double[blocks], apart = stackalloc double[blocks];
        fixed (float* g = values)
        {
            GradientNorm.SumBlocks(g, count, together, 0, blocks);
            for (var block = blocks - 1; block >= 0; block--)
                GradientNorm.SumBlocks(g, count, apart, block, block + 1);
        }

        var norm = GradientNorm.FromPartials(together, blocks);
        Assert.Equal(Math.Sqrt(values.Sum(v => (double)v * v)), norm, 1e-12 * count);
        Assert.Equal(norm, GradientNorm.FromPartials(apart, blocks));
    }

    [Fact]
    public void Huge_gradients_do_not_overflow_the_norm()
    {
        var values = GC.AllocateArray<float>(16, pinned: true);
        Array.Fill(values, 1e30f);
        double partial;
        fixed (float* g = values)
            GradientNorm.SumBlocks(g, 16, &partial, 0, 1);
        Assert.Equal(4e30, GradientNorm.FromPartials(&partial, 1), 1e24);
    }

    [Fact]
    public void Clipping_scales_down_and_never_up()
    {
        Assert.Equal(1f, GradientNorm.ClipFactor(0.5, 1));
        Assert.Equal(0.25f, GradientNorm.ClipFactor(4, 1), 1e-6f);
        Assert.Equal(1f, GradientNorm.ClipFactor(0, 1));
        Assert.True(float.IsNaN(GradientNorm.ClipFactor(double.NaN, 1)));
        Assert.Equal(0f, GradientNorm.ClipFactor(double.PositiveInfinity, 1));
    }
}
