namespace FastRnn.Samples.Keywords;

/// <summary>A speech sound of a man of average size.</summary>
/// <param name="Name">In the letters of the ARPAbet.</param>
/// <param name="Kind">How it is made.</param>
/// <param name="Milliseconds">How long it usually is; of a stop its closure.</param>
/// <param name="Formants">F1, F2, F3 in hertz.</param>
/// <param name="Widths">Their bandwidths in hertz.</param>
/// <param name="Voicing">Amplitude of the voice, of a vowel 1.</param>
internal sealed record Phoneme(string Name, PhonemeKind Kind, double Milliseconds, double[] Formants, double[] Widths, double Voicing)
{
    /// <summary>Where the formants go in a diphthong.</summary>
    public double[]? Glide { get; init; }

    /// <summary>Amplitude of the noise, that of a vowel being about 1; of a stop that of its burst.</summary>
    public double Noise { get; init; }

    /// <summary>Middle and bandwidth of the noise in hertz.</summary>
    public double NoiseCentre { get; init; } = 3000;

    public double NoiseWidth { get; init; } = 3000;
}
