using System.Numerics.Tensors;

using FastRnn.Parameters;

namespace FastRnn.Samples.Keywords;

/// <summary>Rooms and noises.</summary>
internal sealed class Surroundings
{
    private const int Tracks = 6, TrackSeconds = 5, Voices = 4;

    private readonly float[][] babble = new float[Tracks][];

    /// <param name="seed">Of the people who talk in the background.</param>
    /// <param name="isTest">Whether they use the test's words.</param>
    public Surroundings(long seed, bool isTest) => Parallel.For(0, Tracks, track =>
    {
        var random = RandomSource.ForStream(seed, track, 1);
        var sound = new float[TrackSeconds * LogMel.SampleRate];
        for (var voice = 0; voice < Voices; voice++)
        {
            for (var at = 0; at < sound.Length;)
            {
                var word = Utterance.Speak(random, Lexicon.DrawUnknown(random, isTest)).Sound;
                var count = Math.Min(word.Length, sound.Length - at);
                TensorPrimitives.Add(sound.AsSpan(at, count), word.AsSpan(0, count), sound.AsSpan(at, count));
                at += word.Length;
            }
        }

        babble[track] = sound;
    });

    /// <summary>Fills with noise whose mean square is 1.</summary>
    public void Fill(RandomSource random, Background kind, Span<float> noise)
    {
        switch (kind)
        {
            case Background.Babble:
                var track = babble[random.NextInt(Tracks)];
                var at = random.NextInt(track.Length);
                for (var t = 0; t < noise.Length; t++)
                {
                    noise[t] = track[(at + t) % track.Length];
                }

                break;
            case Background.Hum:
                Hum(random, noise);
                break;
            default:
                // Pink: the sum of low passes an octave and a half apart falls by about 3 dB an octave.
                float a = 0, b = 0, c = 0, d = 0;
                foreach (ref var sample in noise)
                {
                    var white = 2 * random.NextSingle() - 1;
                    (a, b, c, d) = (a + 0.01f * (white - a), b + 0.03f * (white - b), c + 0.1f * (white - c), d + 0.3f * (white - d));
                    sample = kind == Background.White ? white : 3 * a + 1.7f * b + c + 0.55f * d + 0.15f * white;
                }

                break;
        }

        TensorPrimitives.Multiply(noise, 1 / (MathF.Sqrt(TensorPrimitives.SumOfSquares(noise) / noise.Length) + 1e-9f), noise);
    }

    /// <summary>Sound on its way through a room: a dozen echoes that become weaker, and a microphone that prefers high or low
    /// frequencies.</summary>
    public static void Transmit(RandomSource random, Span<float> sound)
    {
        var dry = sound.ToArray();
        var (size, strength) = (0.01 + 0.05 * random.NextDouble(), 0.4 * random.NextDouble());
        for (var echo = 0; echo < 12; echo++)
        {
            var seconds = -size * Math.Log(1 - random.NextDouble());
            var delay = Math.Min(sound.Length, 16 + (int)(seconds * LogMel.SampleRate));
            var gain = (float)(strength * Math.Exp(-seconds / size) * (random.NextInt(2) == 0 ? 1 : -1));
            TensorPrimitives.MultiplyAdd(dry.AsSpan(0, sound.Length - delay), gain, sound[delay..], sound[delay..]);
        }

        var (tilt, last) = ((float)(0.9 * random.NextDouble() - 0.45), 0f);
        foreach (ref var sample in sound)
        {
            (sample, last) = (sample - tilt * last, sample);
        }
    }

    private static void Hum(RandomSource random, Span<float> noise)
    {
        var step = 2 * Math.PI * (random.NextInt(2) == 0 ? 50 : 60) / LogMel.SampleRate;
        noise.Clear();
        for (var harmonic = 1; harmonic <= 9; harmonic += 1)
        {
            var (gain, phase) = (random.NextDouble() / harmonic, 2 * Math.PI * random.NextDouble());

            // A rotating pointer is cheaper than a sine for each sample.
            var (re, im, c, s) = (gain * Math.Cos(phase), gain * Math.Sin(phase), Math.Cos(harmonic * step), Math.Sin(harmonic * step));
            foreach (ref var sample in noise)
            {
                sample += (float)im;
                (re, im) = (c * re - s * im, s * re + c * im);
            }
        }

        foreach (ref var sample in noise)
        {
            sample += 0.05f * (2 * random.NextSingle() - 1);
        }
    }
}
