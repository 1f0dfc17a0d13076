using System.Numerics.Tensors;

using NWaves.Filters.Fda;
using NWaves.Transforms;
using NWaves.Utils;
using NWaves.Windows;

namespace FastRnn.Samples.Keywords;

/// <summary>The energies in the bands of <see cref="LogMel"/>, by NWaves. The embedded program has the same by its own hands: there nothing
/// may depend on what a library allocates, and a test compares the two.</summary>
internal sealed class MelSpectrum
{
    private static readonly float[][] Bank = FilterBanks.Triangular(
        LogMel.FftSize, LogMel.SampleRate, FilterBanks.MelBands(LogMel.Bands, LogMel.SampleRate, LogMel.Lowest, LogMel.Highest), null,
        Scale.HerzToMel);

    // Periodic: the first of the numbers of a symmetric window that is longer by one.
    private static readonly float[] Hann = Window.Hann(LogMel.Window + 1)[..LogMel.Window];

    private readonly RealFft fft = new(LogMel.FftSize);
    private readonly float[] block = new float[LogMel.FftSize], power = new float[LogMel.FftSize / 2 + 1];
    private readonly float[] bands = new float[LogMel.Bands];

    /// <param name="samples">As many as <see cref="LogMel.Window"/>.</param>
    /// <param name="energies">Receives as many as <see cref="LogMel.Bands"/>.</param>
    public void Measure(ReadOnlySpan<float> samples, Span<float> energies)
    {
        block.AsSpan().Clear();
        TensorPrimitives.Multiply(Hann, samples, block);
        fft.PowerSpectrum(block, power, normalize: false);
        FilterBanks.Apply(Bank, power, bands);
        bands.CopyTo(energies);
    }
}
