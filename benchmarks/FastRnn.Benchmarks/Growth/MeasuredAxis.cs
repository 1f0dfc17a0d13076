using OxyPlot.Axes;

namespace FastRnn.Benchmarks.Growth;

/// <summary>A logarithmic axis whose ticks are what was measured, whether round or not.</summary>
internal sealed class MeasuredAxis(IList<double> measured) : LogarithmicAxis
{
    public override void GetTickValues(
        out IList<double> majorLabelValues, out IList<double> majorTickValues, out IList<double> minorTickValues) =>
        (majorLabelValues, majorTickValues, minorTickValues) = (measured, measured, []);
}
