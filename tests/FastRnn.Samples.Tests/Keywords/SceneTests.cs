using FastRnn.Parameters;
using FastRnn.Samples.Keywords;

namespace FastRnn.Samples.Tests.Keywords;

public class SceneTests
{
    private static readonly Surroundings Surroundings = new(1, isTest: true);

    [Theory]
    [InlineData(20)]
    [InlineData(0)]
    public void The_noise_is_as_far_below_the_words_as_it_says(double decibels)
    {
        // The same chances without noise, and with it: the difference is the noise.
        double words = 0, noise = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            var (clean, noisy) = (Clip(seed, 200), Clip(seed, decibels));
            Assert.Equal(clean.Words, noisy.Words);
            var spoken = clean.Words[0];
            double x = 0, scale = 0, error = 0;

            // Where a peak would have been cut the whole clip is softer; by how much, least squares say.
            for (var t = 0; t < clean.Sound.Length; t++)
            {
                (x, scale) = (x + clean.Sound[t] * (double)noisy.Sound[t], scale + clean.Sound[t] * (double)clean.Sound[t]);
            }

            for (var t = 0; t < clean.Sound.Length; t++)
            {
                error += Math.Pow(noisy.Sound[t] - x / scale * clean.Sound[t], 2);
            }

            words += Math.Log10(Math.Pow(x / scale, 2) * clean.Sound[spoken.Begin..spoken.End].Average(sample => (double)sample * sample));
            noise += Math.Log10(error / clean.Sound.Length);
        }

        Assert.Equal(decibels, 10 * (words - noise) / 20, 0.5);
    }

    [Fact]
    public void Words_follow_one_another_with_pauses_and_none_is_cut()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var scene = Scene.Talk(new RandomSource(seed), Surroundings, 8 * LogMel.SampleRate, isTest: true);
            Assert.Equal(8 * LogMel.SampleRate, scene.Sound.Length);
            Assert.InRange(scene.Words.Count, 2, 20);
            Assert.All(scene.Sound, sample => Assert.InRange(sample, -1, 1));
            Assert.All(scene.Words, word => Assert.InRange(word.Class, 0, Keyword.Unknown));
            Assert.All(scene.Words, word => Assert.True(word.End + 0.2 * LogMel.SampleRate < scene.Sound.Length));
            Assert.All(scene.Words.Skip(1).Zip(scene.Words), pair =>
                Assert.InRange(pair.First.Begin - pair.Second.End, 0.14 * LogMel.SampleRate, 3 * LogMel.SampleRate));
        }
    }

    [Fact]
    public void A_lesson_says_the_word_after_its_end_and_silence_far_from_it()
    {
        var (targets, weights) = (new int[200], new float[200]);
        Lessons.Label([new SpokenWord(4, 8000, 16_000)], targets, weights);
        for (var frame = 0; frame < 200; frame++)
        {
            var late = frame * 160 + 400 - 16_000;
            var (expected, counts) = late switch
            {
                <= -8000 => (Keyword.Silence, true),
                < -8000 + 400 => (Keyword.Unknown, false),
                < 0 => (Keyword.Unknown, true),
                < 320 => (4, false),
                < 3200 => (4, true),
                < 3840 => (4, false),
                _ => (Keyword.Silence, true),
            };
            Assert.Equal((expected, counts), (targets[frame], weights[frame] > 0));
        }
    }

    [Fact]
    public void Lessons_are_the_same_whoever_makes_them_and_others_at_each_step()
    {
        var (a, b) = (new Lessons(1), new Lessons(1));
        var first = a.Make(0).X.ToArray();
        Assert.NotEqual(first, a.Make(1).X.ToArray());
        Assert.Equal(a.Make(7).X.ToArray(), b.Make(7).X.ToArray());
        Assert.Equal(first, b.Make(0).X.ToArray());
        Assert.NotEqual(first, new Lessons(2).Make(0).X.ToArray());
    }

    [Fact]
    public void A_stream_is_scored_word_by_word()
    {
        SpokenWord[] words = [Word(3, 1), Word(Keyword.Unknown, 2), Word(3, 3), Word(5, 4), Word(7, 5)];
        var score = new StreamScore(words, [Told(3, 1.6), Told(9, 2.6), Told(3, 3.6), Told(3, 3.7), Told(6, 4.6), Told(7, 6.1)]);
        Assert.Equal((4, 2, 4), (score.Keywords, score.Hits, score.FalseAlarms));
        Assert.Equal(0.1, score.Delay, 0.02);
        var lines = score.Text().TrimEnd('\n').Split('\n');
        Assert.Equal(9, lines.Length);
        Assert.Equal("   1.00 to    1.50  down     told at 1.60", lines[0]);
        Assert.Equal("   2.00 to    2.50  unknown", lines[1]);
        Assert.EndsWith("FALSE ALARM: go", lines[2], StringComparison.Ordinal);
        Assert.Equal("   4.00 to    4.50  right    MISSED", lines[5]);
    }

    private static Scene Clip(long seed, double decibels) => Scene.Clip(new RandomSource(seed), Surroundings, 1, isTest: true, decibels);

    private static SpokenWord Word(int @class, int seconds) =>
        new(@class, seconds * LogMel.SampleRate, seconds * LogMel.SampleRate + LogMel.SampleRate / 2);

    private static Detection Told(int word, double seconds) =>
        new(word, (long)Math.Round((seconds * LogMel.SampleRate - LogMel.Window) / LogMel.Hop), 0.9f);
}
