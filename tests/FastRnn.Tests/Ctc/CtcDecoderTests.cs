using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Ctc;

public sealed class CtcDecoderTests
{
    [Fact]
    public void The_most_probable_way_loses_repetitions_and_blanks()
    {
        int[] way = [0, 2, 2, 0, 2, 1, 1, 0, 0, 3];
        var outputs = new float[way.Length * 4];
        for (var t = 0; t < way.Length; t++)
            outputs[(t * 4) + way[t]] = 1;
        var labels = new int[way.Length];
        Assert.Equal([2, 2, 1, 3], labels.AsSpan(0, CtcDecoder.Greedy(outputs, 4, labels)).ToArray());
    }

    /// <summary>The search adds up all ways of a beginning: that the labels "1" are said by several ways makes them more probable than
    /// none, which the most probable way says.</summary>
    [Fact]
    public void A_search_finds_what_the_most_probable_way_is_not()
    {
        float[] outputs = [MathF.Log(0.6f), MathF.Log(0.4f), MathF.Log(0.6f), MathF.Log(0.4f)];
        var labels = new int[2];
        Assert.Equal(0, CtcDecoder.Greedy(outputs, 2, labels));
        Assert.Equal(1, CtcDecoder.BeamSearch(outputs, 2, 4, labels, out var log));
        Assert.Equal((1, 0.64), (labels[0], Math.Round(Math.Exp(log), 6)));
    }

    [Fact]
    public void A_wide_search_finds_the_most_probable_labels_of_all_and_their_probability()
    {
        const int Classes = 3, Steps = 6;
        for (var seed = 0; seed < 40; seed++)
        {
            var outputs = Experiment.Numbers(new Random(seed), Steps * Classes, 1.5f);
            var all = CtcPaths.Probabilities([.. Array.ConvertAll(outputs, v => (double)v).Chunk(Classes)]);
            var best = all.MaxBy(pair => pair.Value);
            var labels = new int[Steps];
            var count = CtcDecoder.BeamSearch(outputs, Classes, 1000, labels, out var log);
            Assert.Equal(best.Key, string.Join(' ', labels[..count]));
            Assert.Equal(Math.Log(best.Value), log, 1e-9);

            // A narrow one loses ways, and never finds some.
            CtcDecoder.BeamSearch(outputs, Classes, 2, labels, out var narrow);
            Assert.True(narrow <= log + 1e-12);
        }
    }

    [Fact]
    public void Errors_are_the_fewest_changes()
    {
        Assert.Equal(0, CtcDecoder.Errors([1, 2, 3], [1, 2, 3]));
        Assert.Equal(3, CtcDecoder.Errors([], [1, 2, 3]));
        Assert.Equal(2, CtcDecoder.Errors([4, 1, 2], [1, 2, 3]));
        Assert.Equal(1, CtcDecoder.Errors([1, 2, 3], [1, 5, 3]));
        Assert.Equal(3, CtcDecoder.Errors("kitten".Select(c => (int)c).ToArray(), "sitting".Select(c => (int)c).ToArray()));
    }

    [Fact]
    public void Wrong_calls_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CtcDecoder.Greedy(new float[7], 3, new int[3]));
        Assert.Throws<ArgumentException>(() => CtcDecoder.Greedy(new float[6], 3, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CtcDecoder.Greedy(new float[6], 1, new int[6]));
        Assert.Throws<ArgumentOutOfRangeException>(() => CtcDecoder.BeamSearch(new float[6], 3, 0, new int[2], out _));
        Assert.Throws<ArgumentException>(() => CtcDecoder.BeamSearch([0, float.NaN], 2, 3, new int[1], out _));
        Assert.Equal(0, CtcDecoder.BeamSearch([], 3, 2, [], out var log));
        Assert.Equal(0, log);
    }
}
