using FastRnn.Tables.Preparing;
using FastRnn.Tables.Training;

namespace FastRnn.Tables.Baselines;

/// <summary>Measures a model's forecasts, the last value, that of the last season and a linear regression at the same rows of the test
/// part.</summary>
internal static class ForecastComparison
{
    public const string Model = "model";
    public const string LastValue = "last value";
    public const string LinearRegression = "linear regression";
    private const int MostPoints = 300;

    /// <summary>What the last value of a season is called.</summary>
    public static string Seasonal(int season) => FormattableString.Invariant($"value a season before ({season} rows)");

    /// <param name="data">The rows.</param>
    /// <param name="parts">Which of them are measured.</param>
    /// <param name="modelOutputs">What the model puts out at each row.</param>
    /// <param name="linear">The regression; null if there is none.</param>
    /// <param name="season">Rows of a season; 0 if there is none.</param>
    /// <param name="points">Receives some values and forecasts of the first output, of one group.</param>
    public static List<TableScore> Measure(
        ForecastData data, IReadOnlyList<PartRange> parts, float[] modelOutputs, LinearForecast? linear, int season,
            out List<TablePoint> points)
    {
        var outputs = data.Outputs;
        var sums = new Dictionary<(string, int), ErrorSums>();
        points = [];
        var shown = -1;
        foreach (var range in parts.Where(range => range.Part == Part.Test))
        {
            var start = data.Layout.Groups[range.Group].Start;
            for (var row = range.Start; row < range.End; row++)
            {
                if (linear is not null && row - start + 1 < linear.Window)
                    continue;
                var said = linear is null ? default : linear.At(row);
                for (var i = 0; i < outputs.Count; i++)
                {
                    var output = outputs[i];
                    if (row + output.Horizon >= range.End)
                        continue;
                    var values = data.Values(output);
                    var value = values[row + output.Horizon];
                    var anchor = data.AnchorOf(output, start, row);
                    var last = Anchor.Of(values, start, row, output.Horizon, Anchor.Last);
                    var seasonal = season > 0 ? Anchor.Of(values, start, row, output.Horizon, season) : 0;
                    if (float.IsNaN(value + anchor + last + seasonal))
                        continue;
                    var forecast = anchor + output.Standardizer.Invert(modelOutputs[(row * outputs.Count) + i]);
                    Sums(Model, i).Add(forecast, value);
                    Sums(LastValue, i).Add(last, value);
                    if (season > 0)
                        Sums(Seasonal(season), i).Add(seasonal, value);
                    if (linear is not null)
                        Sums(LinearRegression, i).Add(anchor + output.Standardizer.Invert(said[i]), value);
                    if (i == 0 && (shown < 0 || shown == range.Group) && points.Count < MostPoints)
                    {
                        shown = range.Group;
                        points.Add(new TablePoint(data.Layout.Rows[row + output.Horizon] + 1, value, forecast));
                    }
                }
            }
        }

        return [.. sums.Select(sum => sum.Value.Score(sum.Key.Item1, outputs[sum.Key.Item2].Name))];

        ErrorSums Sums(string method, int output) =>
            sums.TryGetValue((method, output), out var sum) ? sum : sums[(method, output)] = new ErrorSums();
    }
}
