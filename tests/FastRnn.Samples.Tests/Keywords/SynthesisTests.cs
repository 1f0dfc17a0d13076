using FastRnn.Parameters;
using FastRnn.Samples.Keywords;

namespace FastRnn.Samples.Tests.Keywords;

public class SynthesisTests
{
    [Fact]
    public void A_resonator_has_its_peak_where_it_should_and_keeps_the_power_of_noise()
    {
        var resonator = default(Resonator);
        resonator.Tune(1500, 80);
        var gains = Enumerable.Range(0, 160).Select(i => Gain(resonator, 50 * i)).ToArray();
        Assert.Equal(1, gains[0], 1e-6);
        Assert.Equal(1500, 50 * Array.IndexOf(gains, gains.Max()));

        // At half the bandwidth from the middle there is half of the power.
        Assert.Equal(Math.Sqrt(0.5), Gain(resonator, 1540) / Gain(resonator, 1500), 0.02);

        var random = new RandomSource(1);
        resonator.TuneForNoise(4000, 1500);
        var power = Enumerable.Range(0, 200_000).Select(_ => Math.Pow(resonator.Next(random.NextGaussian()), 2)).Average();
        Assert.Equal(1, power, 0.03);
    }

    [Fact]
    public void Undoing_takes_a_peak_away()
    {
        Resonator peak = default, hole = default;
        peak.Tune(270, 100);
        hole.Tune(270, 100);
        var random = new RandomSource(2);
        for (var t = 0; t < 1000; t++)
        {
            var x = random.NextGaussian();
            Assert.Equal(x, hole.Undo(peak.Next(x)), 1e-9);
        }
    }

    [Theory]
    [InlineData("IY", 270, 2290)]
    [InlineData("EH", 530, 1840)]
    [InlineData("AE", 660, 1720)]
    [InlineData("AA", 730, 1090)]
    public void Formants_of_men_are_where_Peterson_and_Barney_found_them(string vowel, double first, double second)
    {
        var (sums, count) = (new double[2], 0);
        for (var seed = 0; count < 20; seed++)
        {
            // A low voice has harmonics enough to show its formants.
            var random = new RandomSource(seed);
            var speaker = new Speaker(random);
            if (speaker.Pitch < 140)
            {
                var sound = new Voice(random).Speak(Phonemes.Read(vowel), speaker);
                var peaks = LinearPrediction.Formants(sound.AsSpan(sound.Length / 2 - 400, 800), LogMel.SampleRate);
                (sums[0], sums[1]) = (sums[0] + peaks[0] / speaker.Scale, sums[1] + peaks[1] / speaker.Scale);
                count++;
            }
        }

        Assert.InRange(sums[0] / count / first, 0.9, 1.1);
        Assert.InRange(sums[1] / count / second, 0.93, 1.07);
    }

    [Fact]
    public void Every_word_is_a_sound_of_the_length_of_a_word_and_the_same_for_the_same_seed()
    {
        for (var word = 0; word < Keyword.Words; word++)
        {
            var (a, b, other) = (Speak(word, 5), Speak(word, 5), Speak(word, 6));
            Assert.Equal(a.Sound, b.Sound);
            Assert.NotEqual(a.Sound, other.Sound);
            Assert.All(a.Sound, sample => Assert.InRange(sample, -12, 12));
            Assert.InRange((a.End - a.Begin) / (double)LogMel.SampleRate, 0.12, 1.2);
            Assert.Equal(1, a.Sound[a.Begin..a.End].Average(sample => (double)sample * sample), 1e-3);
        }
    }

    [Fact]
    public void Fricatives_are_high_and_vowels_are_low()
    {
        // "stop" begins high and "yes" ends high: the number of changes of sign says so.
        var (stop, yes) = (Speak(8, 1), Speak(0, 1));
        Assert.True(Changes(stop.Sound.AsSpan(stop.Begin, 800)) > 3 * Changes(yes.Sound.AsSpan(yes.Begin, 800)));
        Assert.True(Changes(yes.Sound.AsSpan(yes.End - 1200, 800)) > 3 * Changes(yes.Sound.AsSpan(yes.Begin, 800)));
    }

    [Fact]
    public void An_unknown_word_is_no_keyword_and_a_lesson_never_has_a_word_of_the_test()
    {
        var random = new RandomSource(3);
        var keywords = Enumerable.Range(0, 200).Select(i => Spell(Lexicon.Draw(random, i % Keyword.Words))).ToHashSet();
        var (lessons, tests) = (Draw(isTest: false, 20_000), Draw(isTest: true, 1000));
        Assert.Equal(12, keywords.Count);
        Assert.Empty(keywords.Intersect(lessons).Concat(keywords.Intersect(tests)).Concat(lessons.Intersect(tests)));
        Assert.True(lessons.Count > 5000 && tests.Count == 20);
        HashSet<string> Draw(bool isTest, int count) =>
            [.. Enumerable.Range(0, count).Select(_ => Spell(Lexicon.DrawUnknown(random, isTest)))];
    }

    private static string Spell(Phoneme[] sounds) => string.Join(' ', sounds.Select(sound => sound.Name));

    private static Utterance Speak(int word, long seed)
    {
        var random = new RandomSource(seed);
        return Utterance.Speak(random, Lexicon.Draw(random, word));
    }

    private static int Changes(ReadOnlySpan<float> sound)
    {
        var count = 0;
        for (var t = 1; t < sound.Length; t++)
        {
            count += sound[t] > 0 != sound[t - 1] > 0 ? 1 : 0;
        }

        return count;
    }

    /// <summary>What comes out of a tone, after a while.</summary>
    private static double Gain(Resonator resonator, double frequency)
    {
        var largest = 0.0;
        for (var t = 0; t < 8000; t++)
        {
            var y = resonator.Next(Math.Cos(2 * Math.PI * frequency * t / LogMel.SampleRate));
            largest = t > 4000 ? Math.Max(largest, Math.Abs(y)) : 0;
        }

        return largest;
    }
}
