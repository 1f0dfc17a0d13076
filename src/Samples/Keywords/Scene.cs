using System.Numerics.Tensors;

using FastRnn.Parameters;

namespace FastRnn.Samples.Keywords;

/// <summary>A stretch of sound: words by many speakers, in a room, with noise.</summary>
/// <param name="Sound">-1 to 1.</param>
/// <param name="Words">What was said, in order.</param>
internal sealed record Scene(float[] Sound, IReadOnlyList<SpokenWord> Words)
{
    private const double LeastGap = 0.15, MostGap = 0.8, LastGap = 0.25;

    /// <summary>Words with pauses of 0.15 to 0.8 seconds, half of them keywords, one now and then left out.</summary>
    public static Scene Talk(RandomSource random, Surroundings surroundings, int samples, bool isTest, double? decibels = null)
    {
        var sound = new float[samples];
        var words = new List<SpokenWord>();
        var at = Samples(random, LeastGap / 2, MostGap);
        while (true)
        {
            var isKeyword = random.NextInt(2) == 0;
            var @class = isKeyword ? random.NextInt(Keyword.Words) : Keyword.Unknown;
            if (random.NextInt(6) > 0 && !Say(random, @class, isTest, sound, at, words))
            {
                break;
            }

            at = (words.Count > 0 ? Math.Max(at, words[^1].End) : at) + Samples(random, LeastGap, MostGap);
            if (at >= sound.Length)
            {
                break;
            }
        }

        return Place(random, surroundings, sound, words, decibels);
    }

    /// <summary>One word, or none, in 1.5 seconds.</summary>
    public static Scene Clip(RandomSource random, Surroundings surroundings, int @class, bool isTest, double? decibels = null) =>
        @class == Keyword.Silence
            ? Nothing(random, surroundings, 1.5, decibels)
            : Row(random, surroundings, [@class], 1.5, isTest, decibels);

    /// <summary>Some words, each in its share of the time.</summary>
    public static Scene Row(
        RandomSource random, Surroundings surroundings, ReadOnlySpan<int> classes, double seconds, bool isTest, double? decibels = null)
    {
        var sound = new float[(int)(seconds * LogMel.SampleRate)];
        var words = new List<SpokenWord>();
        for (var i = 0; i < classes.Length; i++)
        {
            var (begin, end) = (i * sound.Length / classes.Length, (i + 1) * sound.Length / classes.Length);
            while (!Say(random, classes[i], isTest, sound.AsSpan(0, end),
                begin + Samples(random, 0.05, 0.5 * seconds / classes.Length), words))
            {
                // Too long for where it began: somebody else says it.
            }
        }

        return Place(random, surroundings, sound, words, decibels);
    }

    /// <summary>Noise alone, as loud as it would be beside words.</summary>
    public static Scene Nothing(RandomSource random, Surroundings surroundings, double seconds, double? decibels = null) =>
        Place(random, surroundings, new float[(int)(seconds * LogMel.SampleRate)], [], decibels);

    /// <summary>One after the other.</summary>
    public static Scene Join(IReadOnlyList<Scene> scenes)
    {
        var words = new List<SpokenWord>();
        var start = 0;
        foreach (var scene in scenes)
        {
            var begin = start;
            words.AddRange(scene.Words.Select(word => word with { Begin = word.Begin + begin, End = word.End + begin }));
            start += scene.Sound.Length;
        }

        return new Scene([.. scenes.SelectMany(scene => scene.Sound)], words);
    }

    private static bool Say(RandomSource random, int @class, bool isTest, Span<float> sound, int at, List<SpokenWord> words)
    {
        var word = Utterance.Speak(random, @class < Keyword.Words ? Lexicon.Draw(random, @class) : Lexicon.DrawUnknown(random, isTest));
        if (at + word.Sound.Length + LastGap * LogMel.SampleRate > sound.Length)
        {
            return false;
        }

        var gain = (float)Math.Pow(10, (random.NextDouble() - 0.5) * 6 / 20);
        var place = sound.Slice(at, word.Sound.Length);
        TensorPrimitives.MultiplyAdd(word.Sound, gain, place, place);
        words.Add(new SpokenWord(@class, at + word.Begin, at + word.End));
        return true;
    }

    /// <summary>Room, noise and level: words of -42 to -14 dB of full scale, and noise so many decibels below their mean power.</summary>
    private static Scene Place(RandomSource random, Surroundings surroundings, float[] sound, List<SpokenWord> words, double? decibels)
    {
        Surroundings.Transmit(random, sound);
        var background = (Background)random.NextInt(4);
        var noise = new float[sound.Length];
        surroundings.Fill(random, background, noise);
        var ratio = decibels ?? (background == Background.Babble ? 3 : -2) + 32 * random.NextDouble();
        var loudness = words.Count > 0 ? Loudness(sound, words) : 1;
        TensorPrimitives.MultiplyAdd(noise, (float)(loudness * Math.Pow(10, -ratio / 20)), sound, sound);
        var level = (float)(Math.Pow(10, (-42 + 28 * random.NextDouble()) / 20) / loudness);
        TensorPrimitives.Multiply(sound, Math.Min(level, 0.99f / Math.Abs(TensorPrimitives.MaxMagnitude(sound))), sound);
        return new Scene(sound, words);
    }

    private static double Loudness(float[] sound, List<SpokenWord> words)
    {
        double sum = 0, count = 0;
        foreach (var word in words)
        {
            sum += TensorPrimitives.SumOfSquares(sound.AsSpan(word.Begin, word.End - word.Begin));
            count += word.End - word.Begin;
        }

        return Math.Sqrt(sum / count);
    }

    private static int Samples(RandomSource random, double least, double most) =>
        (int)((least + (most - least) * random.NextDouble()) * LogMel.SampleRate);
}
