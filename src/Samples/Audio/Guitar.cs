using FastRnn.Parameters;

namespace FastRnn.Samples.Audio;

/// <summary>Material to learn from: plucked strings (Karplus and Strong, "Digital synthesis of plucked-string and drum timbres", 1983),
/// single, in chords and damped, and now and then a sweep, so that every pitch and every loudness occurs.</summary>
internal static class Guitar
{
    private const int Rate = DiodeClipper.SampleRate;
    private static readonly int[][] Chords = [[0, 7, 12], [0, 7, 12, 16, 19, 24], [0, 7, 12, 15, 19, 24], [0, 5, 10]];

    /// <summary>Plays for a while, after some silence: there pedal and network come to rest.</summary>
    /// <param name="seed">Another seed, another piece.</param>
    /// <param name="x">Receives the sound, -1 to 1.</param>
    /// <param name="silence">Samples before the first note.</param>
    public static void Play(long seed, Span<float> x, int silence)
    {
        var random = new RandomSource(seed);
        x.Clear();
        for (var start = silence; start < x.Length; start += (int)(Rate * Between(random, 0.08, 0.5)))
        {
            Event(random, x[start..]);
        }

        // The pickup and the cable: two low passes of one pole at 5 kHz.
        var smooth = (float)(1 - Math.Exp(-2 * Math.PI * 5000 / Rate));
        float first = 0, second = 0, peak = 1e-6f;
        foreach (ref var sample in x)
        {
            first += smooth * (sample - first);
            second += smooth * (first - second);
            sample = second;
            peak = Math.Max(peak, Math.Abs(second));
        }

        // From a volume knob almost closed to one fully open.
        var volume = (float)Between(random, 0.15, 1) / peak;
        foreach (ref var sample in x)
        {
            sample *= volume;
        }
    }

    private static void Event(RandomSource random, Span<float> x)
    {
        var loudness = Between(random, 0.2, 1);
        var frequency = 82.4 * Math.Pow(2, random.NextInt(37) / 12.0);
        switch (random.NextInt(10))
        {
            case 0:
                Sweep(random, x, loudness);
                break;
            case < 5:
                // Strings of a chord one after the other: 0 to 25 ms from string to string.
                var late = 0.0;
                foreach (var interval in Chords[random.NextInt(Chords.Length)])
                {
                    var begin = Math.Min(x.Length, (int)(late * Rate));
                    Pluck(random, x[begin..], frequency / 2 * Math.Pow(2, interval / 12.0), loudness / 2);
                    late += Between(random, 0, 0.025);
                }

                break;
            default:
                Pluck(random, x, frequency, loudness);
                break;
        }
    }

    private static void Pluck(RandomSource random, Span<float> x, double frequency, double loudness)
    {
        // The mean of two neighbours delays by half a sample more than the line is long.
        var line = new float[Math.Max(2, (int)Math.Round(Rate / frequency - 0.5))];
        var hardness = (float)Between(random, 0.2, 0.9);
        var noise = 0f;
        foreach (ref var sample in line.AsSpan())
        {
            noise += hardness * (2 * random.NextSingle() - 1 - noise);
            sample = noise * (float)loudness;
        }

        var damping = (float)(random.NextInt(3) == 0 ? Between(random, 0.95, 0.98) : Between(random, 0.99, 0.9995));
        var place = 0;
        for (var t = 0; t < x.Length; t++)
        {
            var next = place + 1 == line.Length ? 0 : place + 1;
            x[t] += line[place];
            line[place] = damping * (line[place] + line[next]) / 2;
            place = next;
        }
    }

    private static void Sweep(RandomSource random, Span<float> x, double loudness)
    {
        var length = Math.Min(x.Length, (int)(Rate * Between(random, 0.1, 0.4)));
        var (from, octaves) = (Between(random, 40, 400), Between(random, 1, 5));
        var phase = 0.0;
        for (var t = 0; t < length; t++)
        {
            phase += 2 * Math.PI * from * Math.Pow(2, octaves * t / length) / Rate;
            x[t] += (float)(loudness * Math.Sin(phase) * Math.Sin(Math.PI * t / length));
        }
    }

    private static double Between(RandomSource random, double low, double high) => low + (high - low) * random.NextDouble();
}
