using System.Text.Json.Serialization;

using FastRnn.Tables.Baselines;

namespace FastRnn.Tables.Preparing;

/// <summary>The linear part of a forecast: a regression on the last rows, of which the network learns what is left over (Zhang 2003, "Time
/// series forecasting using a hybrid ARIMA and neural network model").</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PreparedLinear
{
    /// <summary>More weights are not kept.</summary>
    public const int MostWeights = 100_000;

    /// <summary>Rows that it reads, the forecast's own the last of them.</summary>
    [JsonRequired]
    public int Window { get; init; }

    /// <summary>For each output a weight for each number of the rows, the oldest row first, one for each label of
    /// <see cref="CategoryIndicators"/>, and a constant.</summary>
    [JsonRequired]
    public IReadOnlyList<IReadOnlyList<double>?>? Weights { get; init; }

    /// <summary>For each output how much is left over in the training part: the unit of what the network puts out.</summary>
    [JsonRequired]
    public IReadOnlyList<double>? Scales { get; init; }

    /// <summary>What is wrong with it, or null.</summary>
    /// <param name="outputs">How many there are.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="vocabularies">Of the columns of categories.</param>
    public string? Problem(int outputs, long width, IReadOnlyList<int> vocabularies)
    {
        if (Window is < 1 or > 10_000)
            return "linear: expected a window from 1 to 10,000";
        var count = (Window * width) + CategoryIndicators.WidthOf(vocabularies) + 1;
        return Weights is null || Scales is null || Weights.Count != outputs || Scales.Count != outputs
            || Weights.Any(weights => weights is null || weights.Count != count)
            ? FormattableString.Invariant($"linear: expected {count} weights and a scale for each of {outputs} outputs")
            : Weights.Any(weights => !weights!.All(double.IsFinite)) || !Scales.All(scale => scale > 0 && double.IsFinite(scale))
            ? "linear: expected finite weights, and scales above 0" : null;
    }
}
