using System.Numerics;

using FastRnn.Inference;
using FastRnn.Parameters;

namespace FastRnn.Tests.Inference;

public sealed class SamplerTests
{
    [Fact]
    public void Temperature_zero_takes_the_first_of_the_most_probable()
    {
        var sampler = new Sampler(4, 1);
        Assert.Equal(1, sampler.Next([0, 5, 5, -1], temperature: 0));
        Assert.Equal(0, sampler.Next([2, 2, 2, 2], temperature: 0));
    }

    [Fact]
    public void The_same_seed_draws_the_same_tokens_and_another_seed_others()
    {
        var logits = new float[50];
        int[] Draw(int seed)
        {
            var sampler = new Sampler(50, seed);
            return [.. Enumerable.Range(0, 100).Select(_ => sampler.Next(logits))];
        }

        Assert.Equal(Draw(7), Draw(7));
        Assert.NotEqual(Draw(7), Draw(8));
    }

    [Fact]
    public void The_first_tokens_of_a_seed_never_change()
    {
        var sampler = new Sampler(10, 42);
        var logits = new float[10];
        Assert.Equal([0, 3, 6, 9, 9, 7, 7, 8], Enumerable.Range(0, 8).Select(_ => sampler.Next(logits)));
    }

    [Fact]
    public void A_place_that_was_saved_goes_on_with_the_same_tokens()
    {
        var (sampler, logits) = (new Sampler(10, 42), new float[10]);
        for (var i = 0; i < 5; i++)
            sampler.Next(logits);
        var again = new Sampler(10, 42) { Place = sampler.Place };
        Assert.Equal([7, 7, 8], Enumerable.Range(0, 3).Select(_ => again.Next(logits)));
        Assert.Throws<ArgumentException>(() => again.Place = [1, 2, 3]);
        Assert.Throws<ArgumentException>(() => again.Place = []);
        Assert.Throws<ArgumentException>(() => again.Place = [1, 2, 3, 4, 0, 0, 0, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sampler(10, 42, row: -1));
    }

    /// <summary>The sum of 1 and ten times 3/4 of the last place of 1 rounds up at each of them: the largest number below it is more than
    /// all weights together.</summary>
    [Fact]
    public void What_rounding_leaves_over_belongs_to_the_most_probable_token()
    {
        float[] logits = [0, .. Enumerable.Repeat((float)Math.Log(Math.ScaleB(0.75, -52)), 10)];

        // Of this second word the generator makes 64 ones: the inverses of its product with 9, rotation by 7 and product with 5.
        var allOnes = BitOperations.RotateRight(unchecked(ulong.MaxValue * InverseOf(9)), 7);
        ulong[] place = [1, unchecked(allOnes * InverseOf(5)), 0, 0];
        Assert.Equal(1 - Math.ScaleB(1, -53), new RandomSource(place).NextDouble());

        var sampler = new Sampler(logits.Length, 1) { Place = place };
        Assert.Equal(0, sampler.Next(logits));

        static ulong InverseOf(ulong odd)
        {
            var inverse = odd;
            for (var i = 0; i < 6; i++)
                inverse = unchecked(inverse * (2 - (odd * inverse)));
            return inverse;
        }
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(0.5f)]
    [InlineData(3f)]
    public void Frequencies_are_the_softmax_at_the_temperature(float temperature)
    {
        float[] logits = [1, 0, 2, float.NegativeInfinity, -1, 0.5f];
        var weights = logits.Select(z => Math.Exp(z / temperature)).ToArray();
        var counts = new int[logits.Length];
        var sampler = new Sampler(logits.Length, 3);
        const int Draws = 100_000;
        for (var i = 0; i < Draws; i++)
            counts[sampler.Next(logits, temperature)]++;
        for (var i = 0; i < logits.Length; i++)
            Assert.Equal(weights[i] / weights.Sum(), counts[i] / (double)Draws, 0.01);
        Assert.Equal(0, counts[3]);
    }

    [Theory]
    [InlineData(2, new[] { 1, 3 })]
    [InlineData(3, new[] { 0, 1, 3 })]
    [InlineData(4, new[] { 0, 1, 2, 3 })]
    [InlineData(5, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(100, new[] { 0, 1, 2, 3, 4 })]
    [InlineData(0, new[] { 0, 1, 2, 3, 4 })]
    public void Top_k_draws_from_the_k_largest_and_of_equals_from_the_first(int topK, int[] expected)
    {
        float[] logits = [1, 2, 1, 3, 1];
        var sampler = new Sampler(logits.Length, 5);
        var drawn = Enumerable.Range(0, 1000).Select(_ => sampler.Next(logits, 2, topK)).Distinct().Order();
        Assert.Equal(expected, drawn);
    }

    [Fact]
    public void Top_k_agrees_with_sorting()
    {
        var random = new Random(1);
        var logits = Enumerable.Range(0, 65).Select(_ => random.Next(20) * 0.1f).ToArray();
        for (var k = 2; k < 65; k++)
        {
            var allowed = logits.Select((z, i) => (z, i)).OrderByDescending(p => p.z).ThenBy(p => p.i).Take(k).Select(p => p.i).ToHashSet();
            var sampler = new Sampler(65, k);
            for (var i = 0; i < 300; i++)
                Assert.Contains(sampler.Next(logits, 10, k), allowed);
        }
    }

    /// <summary>Whatever order they stand in: the smallest of the first K decides who else is let in.</summary>
    [Fact]
    public void Every_one_of_the_k_largest_is_drawn_in_any_order_of_the_logits()
    {
        foreach (var order in Orders([0, 1, 2, 3, 4]))
        {
            var logits = order.Select(place => place * 0.1f).ToArray();
            for (var k = 2; k < logits.Length; k++)
            {
                var sampler = new Sampler(logits.Length, 9);
                var expected = Enumerable.Range(0, logits.Length).Where(token => order[token] >= logits.Length - k);
                Assert.Equal(expected, Enumerable.Range(0, 200).Select(_ => sampler.Next(logits, 10, k)).Distinct().Order());
            }
        }

        static IEnumerable<int[]> Orders(int[] of) => of.Length == 0 ? [[]]
            : of.SelectMany(first => Orders([.. of.Where(other => other != first)]).Select(others => (int[])[first, .. others]));
    }

    [Theory]
    [InlineData(float.NaN, "not a number")]
    [InlineData(float.PositiveInfinity, "plus infinity")]
    public void A_logit_that_is_no_number_is_named(float value, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => new Sampler(3, 1).Next([0, 1, value]));
        Assert.Contains($"Logit 2 is {message}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Impossible_arguments_are_refused()
    {
        var sampler = new Sampler(2, 1);
        Assert.Throws<ArgumentException>(() => sampler.Next([1]));
        Assert.Throws<ArgumentException>(() => sampler.Next([float.NegativeInfinity, float.NegativeInfinity]));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Next([1, 2], -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Next([1, 2], float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => sampler.Next([1, 2], 1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sampler(0, 1));
    }

    [Fact]
    public void The_smallest_temperatures_and_largest_logits_draw_the_most_probable()
    {
        var sampler = new Sampler(3, 1);
        for (var i = 0; i < 100; i++)
            Assert.Equal(1, sampler.Next([float.MinValue, float.MaxValue, 0], float.Epsilon));
    }
}
