using System.Numerics.Tensors;

using FastRnn.Samples.Keywords;

namespace FastRnn.Embedded;

/// <summary>The energies in the bands of <see cref="LogMel"/>, on the mel scale (Stevens, Volkmann and Newman 1937, in the form
/// <c>2595 log10(1 + f / 700)</c> of O'Shaughnessy 1987). Allocates nothing after its creation.</summary>
internal sealed class MelSpectrum
{
    private readonly RealFft fft = new(LogMel.FftSize);
    private readonly float[] window = new float[LogMel.Window], block = new float[LogMel.FftSize];
    private readonly float[] power = new float[LogMel.FftSize / 2 + 1];

    // A bin belongs to two bands: it lies on the rising side of one and on the falling side of the band before. Bins outside of all bands
    // have band -1.
    private readonly int[] rising = new int[LogMel.FftSize / 2 + 1];
    private readonly float[] share = new float[LogMel.FftSize / 2 + 1];

    public MelSpectrum()
    {
        for (var n = 0; n < window.Length; n++)
        {
            window[n] = (float)(0.5 - 0.5 * Math.Cos(2 * Math.PI * n / window.Length));
        }

        var (low, width) = (Mel(LogMel.Lowest), (Mel(LogMel.Highest) - Mel(LogMel.Lowest)) / (LogMel.Bands + 1));
        for (var k = 0; k < rising.Length; k++)
        {
            var place = (Mel((double)k * LogMel.SampleRate / LogMel.FftSize) - low) / width;
            rising[k] = place is >= 0 and < LogMel.Bands + 1 ? (int)place : -1;
            share[k] = (float)(place - Math.Floor(place));
        }
    }

    /// <param name="samples">As many as <see cref="LogMel.Window"/>.</param>
    /// <param name="energies">Receives as many as <see cref="LogMel.Bands"/>.</param>
    public void Measure(ReadOnlySpan<float> samples, Span<float> energies)
    {
        TensorPrimitives.Multiply(window, samples, block);
        fft.Power(block, power);
        energies.Clear();
        for (var k = 0; k < power.Length; k++)
        {
            // Band b rises up to its middle and falls up to the middle of band b + 1; beyond the last one nothing rises.
            var band = rising[k];
            if (band >= 0 && band < LogMel.Bands)
            {
                energies[band] += share[k] * power[k];
            }

            if (band > 0)
            {
                energies[band - 1] += (1 - share[k]) * power[k];
            }
        }
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + hertz / 700);
}
