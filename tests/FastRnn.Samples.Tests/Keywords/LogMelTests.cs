using FastRnn.Parameters;
using FastRnn.Samples.Keywords;

namespace FastRnn.Samples.Tests.Keywords;

public class LogMelTests
{
    private static readonly float[] Sound = Noise(1, 5000);

    [Fact]
    public void The_spectrum_is_that_of_a_direct_transform_in_double()
    {
        foreach (var n in new[] { 4, 8, 64, 512 })
        {
            var x = Noise(n, n);
            var power = new float[n / 2 + 1];
            new Embedded.RealFft(n).Power(x, power);
            var expected = Spectrum(x);
            Assert.All(expected.Zip(power), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * expected.Max()));
        }
    }

    [Fact]
    public void A_frame_is_what_its_definition_says_in_double()
    {
        var frames = Push(new LogMel(), Sound, Sound.Length);
        Assert.Equal((1 + (5000 - 400) / 160) * 40, frames.Length);
        for (var frame = 0; frame < frames.Length / 40; frame++)
        {
            var block = new float[512];
            for (var n = 0; n < 400; n++)
            {
                block[n] = (float)(Sound[frame * 160 + n] * (0.5 - 0.5 * Math.Cos(2 * Math.PI * n / 400)));
            }

            var power = Spectrum(block);
            for (var band = 0; band < 40; band++)
            {
                var energy = power.Select((p, k) => p * Triangle(band, k * 16_000.0 / 512)).Sum();
                Assert.Equal((Math.Log(energy + 1e-6) + 4) / 4, frames[frame * 40 + band], 2e-5);
            }
        }
    }

    /// <summary>The weights in the embedded program were learned with the one and are used with the other.</summary>
    [Fact]
    public void The_embedded_program_hears_what_the_sample_hears()
    {
        var (sample, embedded) = (new MelSpectrum(), new Embedded.MelSpectrum());
        var (expected, actual) = (new float[LogMel.Bands], new float[LogMel.Bands]);
        for (var at = 0; at + LogMel.Window <= Sound.Length; at += LogMel.Hop)
        {
            embedded.Measure(Sound.AsSpan(at, LogMel.Window), expected);
            sample.Measure(Sound.AsSpan(at, LogMel.Window), actual);
            Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second / pair.First, 1 - 2e-5f, 1 + 2e-5f));
        }
    }

    [Fact]
    public void Pieces_of_any_length_give_the_same_bits()
    {
        var whole = Push(new LogMel(), Sound, Sound.Length);
        var ear = new LogMel();
        foreach (var piece in new[] { 1, 7, 159, 160, 161, 400, 401, 1000, 4999 })
        {
            Assert.Equal(whole, Push(ear, Sound, piece));
            ear.Reset();
        }
    }

    [Fact]
    public void A_tone_is_heard_in_its_band_and_silence_in_none()
    {
        Assert.All(Push(new LogMel(), new float[800], 800), feature => Assert.Equal((MathF.Log(1e-6f) + 4) / 4, feature, 1e-5f));
        foreach (var band in new[] { 3, 12, 25, 38 })
        {
            var middle = Hertz(band + 1);
            var tone = Enumerable.Range(0, 400).Select(n => (float)Math.Sin(2 * Math.PI * middle * n / 16_000)).ToArray();
            var frame = Push(new LogMel(), tone, 400);
            Assert.Equal(band, frame.IndexOf(frame.Max()));
        }
    }

    [Fact]
    public void Too_little_room_and_what_is_no_sound_are_refused_and_nothing_is_taken()
    {
        var ear = new LogMel();
        var frame = new float[40];
        Assert.Equal(0, ear.Push(new float[399], []));
        Assert.Throws<ArgumentException>(() => ear.Push(new float[1], frame.AsSpan(1)));
        foreach (var wrong in new[] { float.NaN, float.PositiveInfinity, -8.01f })
        {
            Assert.Contains(
                "Sample 1", Assert.Throws<ArgumentException>(() => ear.Push([0, wrong], frame)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, ear.FramesOf(1));
        Assert.Equal(1, ear.Push(new float[1], frame));
        Assert.Equal(0, ear.FramesOf(159));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var ear = new LogMel();
        var frames = new float[LogMel.MostFrames(1000) * 40];
        ear.Push(Sound.AsSpan(0, 1000), frames);
        Assert.Equal(0, OwnThread.LeastAllocated(() =>
        {
            for (var i = 0; i < 100; i++)
            {
                ear.Push(Sound.AsSpan(i, 1000), frames);
            }
        }));
    }

    private static float[] Push(LogMel ear, float[] sound, int piece)
    {
        var all = new List<float>();
        var frames = new float[LogMel.MostFrames(piece) * 40];
        for (var at = 0; at < sound.Length; at += piece)
        {
            var part = sound.AsSpan(at, Math.Min(piece, sound.Length - at));
            all.AddRange(frames.AsSpan(0, ear.Push(part, frames) * 40));
        }

        return [.. all];
    }

    private static double[] Spectrum(float[] x)
    {
        var power = new double[x.Length / 2 + 1];
        for (var k = 0; k < power.Length; k++)
        {
            double re = 0, im = 0;
            for (var n = 0; n < x.Length; n++)
            {
                var angle = 2 * Math.PI * k * n / x.Length;
                (re, im) = (re + x[n] * Math.Cos(angle), im - x[n] * Math.Sin(angle));
            }

            power[k] = re * re + im * im;
        }

        return power;
    }

    /// <summary>1 at the band's middle, 0 at the middles of its neighbours, straight on the mel scale.</summary>
    private static double Triangle(int band, double hertz) =>
        hertz < Hertz(0) ? 0 : Math.Max(0, 1 - Math.Abs(Mel(hertz) - Mel(Hertz(band + 1))) / (Mel(Hertz(1)) - Mel(Hertz(0))));

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);

    private static double Hertz(int edge) => 700 * (Math.Pow(10, (Mel(20) + (Mel(7600) - Mel(20)) * edge / 41) / 2595) - 1);

    private static float[] Noise(long seed, int count)
    {
        var random = new RandomSource(seed);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * random.NextSingle() - 1)];
    }
}
