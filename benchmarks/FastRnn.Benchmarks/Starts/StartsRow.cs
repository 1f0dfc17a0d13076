using System.Globalization;

namespace FastRnn.Benchmarks.Starts;

/// <summary>Starts of one model by one engine.</summary>
/// <param name="Hidden">Units of the model.</param>
/// <param name="Engine">With its version.</param>
/// <param name="Milliseconds">Median, from before the process to its first prediction.</param>
/// <param name="Megabytes">Median of the peak memory, MiB.</param>
/// <param name="First">The first number of the prediction, the same for all.</param>
internal sealed record StartsRow(int Hidden, string Engine, double Milliseconds, double Megabytes, double First)
{
    public static StartsRow Of(int hidden, string engine, IReadOnlyList<Start> starts) => new(
        hidden, engine, Median(starts.Select(start => start.Milliseconds)), Median(starts.Select(start => start.Kilobytes / 1024.0)),
        starts[0].First);

    /// <summary>As a line of a table.</summary>
    public string Line() => string.Create(
        CultureInfo.InvariantCulture, $"| LSTM {Hidden} | {Engine} | {Milliseconds:0} ms | {Megabytes:0.0} MiB | {First:0.0000000} |");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
