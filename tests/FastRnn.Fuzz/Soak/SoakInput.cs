namespace FastRnn.Fuzz.Soak;

/// <summary>A stream without an end, whose sample at a place follows from the place and a seed alone, however it is read: stretches of
/// silence, of denormal numbers and of such as count as 0, of quiet, usual and loud ones, and of any finite size. No function of the
/// platform's is in it, so it has the same bits everywhere.</summary>
internal sealed class SoakInput(ulong seed)
{
    /// <summary>Samples of one kind.</summary>
    public const int Stretch = 1 << 15;

    private const int SignAndFraction = unchecked((int)0x807fffff);
    private const int FractionBits = 23;

    /// <summary>The samples from a place on.</summary>
    public void Read(long place, Span<float> samples)
    {
        while (!samples.IsEmpty)
        {
            var count = (int)Math.Min(samples.Length, Stretch - (place % Stretch));
            Fill(place, samples[..count], Hash(~(ulong)(place / Stretch)));
            place += count;
            samples = samples[count..];
        }
    }

    /// <summary>The first place from this one on that lies within a stretch of noise: in silence the state of a network soon is the same
    /// each time, and to carry it proves little.</summary>
    public long NextNoise(long place)
    {
        while (Hash(~(ulong)(place / Stretch)) % 8 < 5)
            place = (((place / Stretch) + 1) * Stretch) + (Stretch / 2);
        return place;
    }

    private void Fill(long place, Span<float> samples, ulong stretch)
    {
        switch (stretch % 8)
        {
            case 0:
                samples.Clear();
                break;
            case 1:
                // Denormal numbers and both zeros.
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = BitConverter.Int32BitsToSingle((int)Hash((ulong)(place + i)) & SignAndFraction);
                break;
            case 2:
                // Around 2^-100, below which a number counts as 0.
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = OfExponent(Hash((ulong)(place + i)), 25, 4);
                break;
            case 3:
                // From the smallest normal number to 2^64.
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = OfExponent(Hash((ulong)(place + i)), 1, 190);
                break;
            case 4:
                // Loud, and steady: a rectangle.
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = ((place + i) & 64) == 0 ? 100 : -100;
                break;
            default:
                var scale = (stretch % 8) switch { 5 => 1e-4f, 6 => 1f, _ => 10f } / (1 << 24);
                for (var i = 0; i < samples.Length; i++)
                    samples[i] = ((int)Hash((ulong)(place + i)) >> 7) * scale;
                break;
        }
    }

    private static float OfExponent(ulong bits, int first, int count) => BitConverter.Int32BitsToSingle(
        ((int)bits & SignAndFraction) | ((first + (int)((bits >> 32) % (ulong)count)) << FractionBits));

    // SplitMix64 (Steele, Lea and Flood 2014).
    private ulong Hash(ulong number)
    {
        var z = unchecked((number + seed) * 0x9E3779B97F4A7C15);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
