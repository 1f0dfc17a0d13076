using FastRnn.Execution;

namespace FastRnn.Tests.Reference;

/// <summary>What a model with random first states begins with.</summary>
public sealed class RandomMaskTests
{
    /// <summary>Seeds are fixed: these are numbers, not chances. Six standard deviations of each moment of 40,000 numbers.</summary>
    [Fact]
    public void Normal_numbers_have_the_moments_of_twelve_uniform_ones()
    {
        const int Sequences = 200, Units = 200, Count = Sequences * Units;
        var key = RandomMask.Key(3, 4);
        var numbers = new double[Count];
        for (var i = 0; i < Count; i++)
            numbers[i] = RandomMask.Normal(key, 1, i / Units, i % Units);

        Assert.Equal(0, numbers.Average(), 6 / Math.Sqrt(Count));
        Assert.Equal(1, numbers.Average(x => x * x), 6 * Math.Sqrt(2.0 / Count));
        Assert.Equal(0, numbers.Average(x => x * x * x), 6 * Math.Sqrt(15.0 / Count));

        // A sum of twelve has 3 - 6 / (5 * 12).
        Assert.Equal(2.9, numbers.Average(x => x * x * x * x), 6 * Math.Sqrt(96.0 / Count));
        Assert.All(numbers, x => Assert.InRange(x, -6, 6));

        // Neighbours in a row, and rows below each other, have nothing in common.
        Assert.Equal(0, numbers.Zip(numbers.Skip(1), (a, b) => a * b).Average(), 6 / Math.Sqrt(Count));
        Assert.Equal(0, numbers.Zip(numbers.Skip(Units), (a, b) => a * b).Average(), 6 / Math.Sqrt(Count));
    }
}
