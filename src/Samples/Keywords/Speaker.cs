using FastRnn.Parameters;

namespace FastRnn.Samples.Keywords;

/// <summary>Somebody who speaks: a vocal tract, a voice, a pace and an accent, drawn by chance.</summary>
internal sealed class Speaker
{
    private readonly Dictionary<Phoneme, (double F1, double F2)> accent = [];
    private readonly RandomSource random;

    public Speaker(RandomSource random)
    {
        this.random = random;

        // Formants of women are 1.17 times as high as men's, those of children 1.3 times (Peterson and Barney's means); pitches go with
        // them: 130, 220 and 265 Hz.
        Scale = random.NextInt(3) switch
        {
            0 => Between(0.92, 1.08),
            1 => Between(1.1, 1.24),
            _ => Between(0.95, 1.33),
        };
        Pitch = 132 * Math.Pow(Scale, 2.8) * Math.Exp(0.16 * random.NextGaussian());
        PitchRange = Between(0.03, 0.3);
        FinalPitch = Between(-0.35, 0.25);
        Pace = Between(0.8, 1.6);
        Breath = Between(0.003, 0.03);
        Jitter = Between(0.003, 0.025);
        Shimmer = Between(0.01, 0.1);
        OpenQuotient = Between(0.4, 0.75);
        Tilt = Between(0.1, 0.75);
        Widths = Between(0.8, 1.6);
        Hiss = Math.Exp(0.3 * random.NextGaussian());
        Smoothing = 2 + random.NextInt(4);
        Releases = Between(0.5, 1);
        Higher = [.. new[] { 3300.0, 3750, 4900, 5900, 6900 }
            .Select(f => f * Scale * (1 + 0.03 * random.NextGaussian())).Where(f => f < 7600)];
    }

    /// <summary>Formants in parts of an average man's.</summary>
    public double Scale { get; }

    /// <summary>Hertz; how far it moves, as logarithms, in the word and at its end.</summary>
    public double Pitch { get; }

    public double PitchRange { get; }

    public double FinalPitch { get; }

    /// <summary>Durations in parts of the usual ones.</summary>
    public double Pace { get; }

    /// <summary>Noise in the voice; how irregular periods are in length and in strength.</summary>
    public double Breath { get; }

    public double Jitter { get; }

    public double Shimmer { get; }

    /// <summary>The part of a period in which the glottis is open.</summary>
    public double OpenQuotient { get; }

    /// <summary>The pole of the low pass that makes a voice soft.</summary>
    public double Tilt { get; }

    /// <summary>Bandwidths in parts of the usual ones.</summary>
    public double Widths { get; }

    /// <summary>Loudness of fricatives in parts of the usual one.</summary>
    public double Hiss { get; }

    /// <summary>How lazily formants follow, in half widths of 5 ms of the mean that smooths them.</summary>
    public int Smoothing { get; }

    /// <summary>How likely a stop at the end of a word is released.</summary>
    public double Releases { get; }

    /// <summary>F4 and above: they do not move.</summary>
    public double[] Higher { get; }

    /// <summary>What this speaker makes of F1 and F2 of a sound, always the same.</summary>
    public (double F1, double F2) Accent(Phoneme phoneme)
    {
        if (!accent.TryGetValue(phoneme, out var factors))
        {
            var spread = phoneme.Kind == PhonemeKind.Vowel ? 1 : 0.5;
            factors = (Math.Exp(0.06 * spread * random.NextGaussian()), Math.Exp(0.05 * spread * random.NextGaussian()));
            accent[phoneme] = factors;
        }

        return factors;
    }

    private double Between(double low, double high) => low + (high - low) * random.NextDouble();
}
