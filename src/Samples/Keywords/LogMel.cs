namespace FastRnn.Samples.Keywords;

/// <summary>What the keyword spotter hears: of each 25 ms of sound, every 10 ms, the logarithms of the energies in forty bands, which are
/// equally wide on the mel scale (Stevens, Volkmann and Newman 1937, in the form <c>2595 log10(1 + f / 700)</c> of O'Shaughnessy 1987). A
/// stream may be pushed in pieces of any length: the same frames come out. Allocates nothing after its creation.</summary>
internal sealed class LogMel
{
    public const int SampleRate = 16_000, Bands = 40, Window = 400, Hop = 160, FftSize = 512;

    /// <summary>Hertz: where the first band begins and the last one ends.</summary>
    public const double Lowest = 20, Highest = 7600;

    /// <summary>Added to each energy, so that digital silence has a logarithm: below the noise of 16 bits it hides everything.</summary>
    public const float Floor = 1e-6f;

    /// <summary>A feature is <c>(ln(energy + Floor) + Offset) * Scale</c>: about -2.5 for silence, about 3 for the loudest
    /// speech.</summary>
    public const float Offset = 4, Scale = 0.25f;

    private const int Loudest = 8;

    private readonly MelSpectrum spectrum = new();
    private readonly float[] samples = new float[Window];
    private int filled;

    /// <summary>The most frames that so many more samples can make.</summary>
    public static int MostFrames(int samples) => (samples + Hop - 1) / Hop;

    /// <summary>Takes the next samples of the stream. The first frame is there after 400 samples, then one every 160.</summary>
    /// <param name="sound">Any number of samples, -1 to 1.</param>
    /// <param name="frames">Receives <c>[frames, 40]</c>; room for <see cref="MostFrames"/> is enough.</param>
    /// <returns>How many frames were written.</returns>
    /// <exception cref="ArgumentException">There is too little room, or a sample is no number from -8 to 8; nothing was taken
    /// then.</exception>
    public int Push(ReadOnlySpan<float> sound, Span<float> frames)
    {
        var due = FramesOf(sound.Length);
        if (frames.Length < (long)due * Bands)
        {
            throw new ArgumentException($"Expected room for {due} frames of {Bands} numbers, got {frames.Length} numbers.", nameof(frames));
        }

        for (var i = 0; i < sound.Length; i++)
        {
            // A NaN that once came into a recurrent state would stay there.
            if (!(Math.Abs(sound[i]) <= Loudest))
            {
                throw new ArgumentException($"Sample {i}: expected a number from -{Loudest} to {Loudest}, got {sound[i]}.", nameof(sound));
            }
        }

        for (var frame = 0; frame < due; frame++)
        {
            var missing = Window - filled;
            sound[..missing].CopyTo(samples.AsSpan(filled));
            sound = sound[missing..];
            Analyse(frames.Slice(frame * Bands, Bands));
            samples.AsSpan(Hop).CopyTo(samples);
            filled = Window - Hop;
        }

        sound.CopyTo(samples.AsSpan(filled));
        filled += sound.Length;
        return due;
    }

    /// <summary>How many frames the next so many samples will make.</summary>
    public int FramesOf(int count) => (int)Math.Max(0, ((long)filled + count - Window + Hop) / Hop);

    /// <summary>The next sample begins a new stream.</summary>
    public void Reset() => filled = 0;

    private void Analyse(Span<float> features)
    {
        spectrum.Measure(samples, features);
        foreach (ref var feature in features)
        {
            feature = (MathF.Log(feature + Floor) + Offset) * Scale;
        }
    }
}
