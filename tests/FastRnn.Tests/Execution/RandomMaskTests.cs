using FastRnn.Execution;

namespace FastRnn.Tests.Execution;

public sealed class RandomMaskTests
{
    /// <summary>Sums of twelve uniform numbers: mean 0, variance 1, fourth moment 3 - 6 / 60 (a uniform number's excess kurtosis is -6/5,
    /// and that of a sum of n is an nth of it), each within five standard errors of 200,000 numbers.</summary>
    [Fact]
    public void First_states_are_almost_normal_numbers()
    {
        const int Count = 200_000;
        var (first, second, fourth) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Count; i++)
        {
            var x = (double)RandomMask.Normal(RandomMask.Key(3, 4), 1, i / 1000, i % 1000);
            Assert.InRange(x, -6, 6);
            (first, second, fourth) = (first + x, second + (x * x), fourth + (x * x * x * x));
        }

        var error = 1 / Math.Sqrt(Count);
        Assert.Equal(0, first / Count, 5 * error);
        Assert.Equal(1, second / Count, 5 * Math.Sqrt(2) * error);
        Assert.Equal(2.9, fourth / Count, 5 * Math.Sqrt(96) * error);
    }
}
