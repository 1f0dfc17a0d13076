using FastRnn.Samples.Audio;

namespace FastRnn.Samples.Tests.Audio;

public class DiodeClipperTests
{
    private static float[] Play(float[] x, double drive, int substeps = 8)
    {
        var y = new float[x.Length];
        new DiodeClipper(drive, substeps).Process(x, y);
        return y;
    }

    [Fact]
    public void A_constant_voltage_ends_where_the_currents_balance()
    {
        foreach (var volts in new[] { -4.0, -0.6, 1, 15 })
        {
            var v = Play(Enumerable.Repeat(1f, 2000).ToArray(), volts)[^1] * 0.7;
            var (resistor, diodes) = ((volts - v) / 2200, 2 * 2.52e-9 * Math.Sinh(v / 45.3e-3));
            Assert.Equal(1, diodes / resistor, 1e-3);
            Assert.Equal(volts < 0, v < 0);
        }
    }

    [Fact]
    public void A_quiet_tone_meets_a_resistor_and_a_capacitor_alone()
    {
        // 1 / sqrt(1 + (2 pi f R C)^2);
        foreach (var frequency in new[] { 200.0, 1000, 3000 })
        {
            var x = Enumerable.Range(0, 9600).Select(t => (float)Math.Sin(2 * Math.PI * frequency * t / 48_000)).ToArray();
            var gain = Signals.Loudness(Play(x, 1e-3).AsSpan(4800)) * 0.7 / 1e-3 / Signals.Loudness(x.AsSpan(4800));

            // The straight lines between the samples are a filter of their own, sinc^2; the diodes leak even there: 2 Is / (n Vt) beside 1
            // / R is 0.02 %.
            var angle = Math.PI * frequency / 48_000;
            var lines = Math.Pow(Math.Sin(angle) / angle, 2);
            Assert.Equal(lines / Math.Sqrt(1 + Math.Pow(2 * Math.PI * frequency * 2200 * 10e-9, 2)), gain, 1e-3);
        }
    }

    [Fact]
    public void Eight_substeps_are_enough()
    {
        var x = new float[24_000];
        Guitar.Play(5, x, silence: 100);
        var (coarse, fine) = (Play(x, 4), Play(x, 4, substeps: 128));
        Assert.InRange(Signals.ErrorToSignal(coarse, fine), 0, 1e-5);
    }

    [Fact]
    public void The_loudest_noise_does_not_shake_it()
    {
        var x = Enumerable.Range(0, 4800).Select(t => t % 3 == 0 ? 8f : -8f).ToArray();
        Assert.All(Play(x, 20), y => Assert.InRange(Math.Abs(y), 0, 1.2));
    }
}
