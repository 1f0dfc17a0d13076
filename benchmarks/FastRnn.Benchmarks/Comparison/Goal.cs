using System.Globalization;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>What a row must reach.</summary>
/// <param name="Ratio">The peer's time over ours, at least.</param>
/// <param name="FractionOfPeak">Of the measured FMA peak, at least; 0 if nothing is asked.</param>
internal sealed record Goal(double Ratio, double FractionOfPeak = 0)
{
    public bool IsMet(double ratio, double fractionOfPeak) => ratio >= Ratio && fractionOfPeak >= FractionOfPeak;

    public override string ToString() => FractionOfPeak == 0
        ? string.Create(CultureInfo.InvariantCulture, $">= {Ratio:0.##} x")
        : string.Create(CultureInfo.InvariantCulture, $">= {Ratio:0.##} x, {FractionOfPeak:p0} of peak");
}
