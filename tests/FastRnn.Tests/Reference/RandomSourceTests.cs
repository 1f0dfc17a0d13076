using FastRnn.Parameters;

namespace FastRnn.Tests.Reference;

public sealed class RandomSourceTests
{
    [Fact]
    public void The_words_of_a_seed_are_those_of_splitmix64() =>
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431],
            new RandomSource(1234567).ToArray());

    [Fact]
    public void The_bits_are_those_of_xoshiro256_starstar()
    {
        var source = new RandomSource([1, 2, 3, 4]);
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600, 16172922978634559625, 8476171486693032832,
        ];
        Assert.Equal(expected, expected.Select(_ => source.NextUInt64()));
    }

    [Fact]
    public void Numbers_made_of_the_bits_are_the_same_everywhere()
    {
        var doubles = new RandomSource(42);
        Assert.Equal([0.08386297105988216, 0.3789802506626686, 0.6800434110281394, 0.9246929453253876], Take(4, doubles.NextDouble));
        var gaussians = new RandomSource(42);
        Assert.Equal([-0.7262191382447857, 0.22162270150359337, 0.46417731016247366, 1.476249461018415], Take(4, gaussians.NextGaussian));
        var integers = new RandomSource(42);
        Assert.Equal([5, 24, 44, 60, 64, 50, 46, 55, 49, 37, 44, 18], Take(12, () => integers.NextInt(65)));
        Assert.Equal(0.08386296f, new RandomSource(42).NextSingle());
    }

    /// <summary>What another program (Python, whose numbers are IEEE doubles too) makes of the eleven terms. Each of these would be another
    /// in its last bit if a twelfth were added, and so would be weights that a seed gives.</summary>
    [Theory]
    [InlineData(0.7176917737830267, -0.33171508652760406)]
    [InlineData(0.3558670849404051, -1.0331979747541247)]
    [InlineData(0.7239878160196962, -0.32298071544010193)]
    [InlineData(0.16951533983446765, -1.7748118557582209)]
    [InlineData(0.08853398651181266, -2.424368772306215)]
    [InlineData(0.6986012861495673, -0.3586751055724982)]
    public void A_logarithm_has_the_bits_of_eleven_terms_of_its_series(double x, double expected)
    {
        Assert.Equal(expected, RandomSource.Logarithm(x));
        Assert.Equal(Math.Log(x), expected, 1e-15);
    }

    [Fact]
    public void A_stream_depends_on_each_part_of_its_name()
    {
        Assert.Equal(17099612783479703942, RandomSource.ForStream(7, -1, 0).NextUInt64());
        Assert.Equal(6730902955346307697UL, RandomSource.ForStream(7, 1, 2).NextUInt64());
        Assert.Equal(3858163234632699495UL, RandomSource.ForStream(-1, 0, 0).NextUInt64());
        var names = from seed in Enumerable.Range(0, 5)
                    from first in Enumerable.Range(-1, 5)
                    from second in Enumerable.Range(0, 5)
                    select RandomSource.ForStream(seed, first, second).NextUInt64();
        Assert.Equal(125, names.Distinct().Count());
    }

    [Fact]
    public void A_saved_state_continues_exactly()
    {
        var source = new RandomSource(5);
        _ = source.NextGaussian();
        var copy = new RandomSource(source.ToArray());
        Assert.Equal(Take(20, source.NextGaussian), Take(20, copy.NextGaussian));
    }

    [Fact]
    public void A_state_that_is_none_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new RandomSource([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => new RandomSource([0, 0, 0, 0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomSource(1).NextInt(0));
    }

    [Fact]
    public void Integers_are_uniform_and_never_reach_their_bound()
    {
        var source = new RandomSource(3);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[source.NextInt(7)]++;
        }

        // Six standard deviations of a count of 10,000.
        Assert.All(counts, count => Assert.InRange(count, 9_440, 10_560));
        Assert.All(Take(100, () => source.NextInt(1)), value => Assert.Equal(0, value));
        Assert.All(Take(100, () => source.NextInt(int.MaxValue)), value => Assert.InRange(value, 0, int.MaxValue - 1));
    }

    [Fact]
    public void Doubles_and_singles_are_uniform_from_0_to_below_1()
    {
        var source = new RandomSource(4);
        Check(Take(100_000, source.NextDouble));
        Check(Take(100_000, () => (double)source.NextSingle()));

        static void Check(double[] values)
        {
            Assert.True(values.All(v => v is >= 0 and < 1));
            Assert.Equal(0.5, values.Average(), 0.006);
            Assert.Equal(1.0 / 12, values.Average(v => (v - 0.5) * (v - 0.5)), 0.002);
        }
    }

    [Fact]
    public void Gaussians_have_the_moments_and_tails_of_the_normal_distribution()
    {
        var source = new RandomSource(6);
        var values = Take(200_000, source.NextGaussian);
        Assert.Equal(0, values.Average(), 0.015);
        Assert.Equal(1, values.Average(v => v * v), 0.02);
        Assert.Equal(0, values.Average(v => v * v * v), 0.06);
        Assert.Equal(3, values.Average(v => v * v * v * v), 0.15);
        Assert.Equal(0.0455, values.Count(v => Math.Abs(v) > 2) / 200_000.0, 0.003);
        Assert.True(values.Max() > 3.5 && values.Min() < -3.5);
    }

    [Fact]
    public void Its_own_logarithm_is_the_logarithm()
    {
        var source = new RandomSource(8);
        double[] points = [1, 0.5, 0.70710678, 0.70710679, 1 - 1e-16, 1e-30, .. Take(1000, source.NextDouble)];
        Assert.All(points, x => Assert.Equal(Math.Log(x), RandomSource.Logarithm(x), 4e-16 * Math.Max(1, Math.Abs(Math.Log(x)))));
    }

    private static T[] Take<T>(int count, Func<T> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
}
