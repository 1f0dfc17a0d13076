using FastRnn.Parameters;

namespace FastRnn.Tests.Parameters;

/// <summary>Numbers from 0 to below 1: of their grid, and all over it.</summary>
public sealed class RandomSourceTests
{
    private const int Count = 10_000;

    [Fact]
    public void Floats_are_multiples_of_two_to_the_minus_24_below_one()
    {
        var random = new RandomSource(1);
        CheckUniform([.. Enumerable.Range(0, Count).Select(_ => (double)random.NextSingle())], Math.ScaleB(1, -24));
    }

    [Fact]
    public void Doubles_are_multiples_of_two_to_the_minus_53_below_one()
    {
        var random = new RandomSource(1);
        CheckUniform([.. Enumerable.Range(0, Count).Select(_ => random.NextDouble())], Math.ScaleB(1, -53));
    }

    /// <summary>Of so many numbers the mean is off by 0.003 (one standard deviation), and the ends are met within 0.001 by all but one
    /// series in twenty thousand.</summary>
    private static void CheckUniform(double[] numbers, double grid)
    {
        Assert.All(numbers, number => Assert.Equal(0, number % grid));
        Assert.InRange(numbers.Min(), 0, 0.001);
        Assert.InRange(numbers.Max(), 0.999, 1 - grid);
        Assert.InRange(numbers.Average(), 0.485, 0.515);
    }
}
