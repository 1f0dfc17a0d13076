using FastRnn.Kernels;

namespace FastRnn.Tests.Inference;

/// <summary>Functions of searches, which are the same on every machine: beside those of the platform, and where they end.</summary>
public sealed class DoubleMathTests
{
    [Fact]
    public void The_exponential_is_that_of_the_platform_within_two_last_places()
    {
        for (var x = -708.0; x <= 709; x += 0.37)
        {
            var expected = Math.Exp(x);
            Assert.True(Math.Abs(DoubleMath.Exp(x) - expected) <= Math.ScaleB(expected, -51), $"exp({x:r})");
        }
    }

    [Fact]
    public void The_exponential_is_zero_or_infinite_beyond_its_ends()
    {
        Assert.Equal(0, DoubleMath.Exp(Math.BitDecrement(-708)));
        Assert.True(double.IsNormal(DoubleMath.Exp(-708)));
        Assert.True(double.IsFinite(DoubleMath.Exp(709)));
        Assert.Equal(double.PositiveInfinity, DoubleMath.Exp(Math.BitIncrement(709)));
        Assert.Equal(0, DoubleMath.Exp(double.NegativeInfinity));
        Assert.True(double.IsNaN(DoubleMath.Exp(double.NaN)));
    }

    [Fact]
    public void The_logarithm_is_that_of_the_platform_within_two_last_places()
    {
        for (var x = Math.ScaleB(1, -1000); x < Math.ScaleB(1, 1000); x *= 1.37)
        {
            var expected = Math.Log(x);
            var tolerance = Math.Max(Math.ScaleB(Math.Abs(expected), -51), Math.ScaleB(1, -52));
            Assert.True(Math.Abs(DoubleMath.Log(x) - expected) <= tolerance, $"log({x:r})");
        }
    }
}
