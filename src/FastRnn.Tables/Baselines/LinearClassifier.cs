using FastRnn.Tables.Preparing;
using FastRnn.Tables.Training;
using FastRnn.Training;

namespace FastRnn.Tables.Baselines;

/// <summary>Names groups by ridge regression on what sums them up: the mean, the deviation and the last of each number that the model
/// reads, how often each label is there, and the length. And the most frequent class, which knows nothing.</summary>
internal static class LinearClassifier
{
    public const string Model = "model";
    public const string MostFrequent = "most frequent class";
    public const string LinearRegression = "linear regression on summaries";
    private const double Penalty = 1e-3;

    // Of more numbers only the first are looked at.
    private const int MostWidth = 600;

    /// <summary>What each says of the groups of the test part.</summary>
    public static IReadOnlyDictionary<string, ConfusionMatrix> Measure(ClassData data, IReadOnlyList<PartRange> parts)
    {
        var categories = new CategoryIndicators(data.Encoded);
        var (sample, wanted) = (new float[(3 * Math.Min(MostWidth, data.Encoded.Width)) + categories.Width + 1], new float[data.Classes]);
        var regression = new RidgeRegression(sample.Length, data.Classes);
        var counts = new int[data.Classes];
        foreach (var range in parts.Where(range => range.Part == Part.Training))
        {
            Summarize(data, range.Group, categories, sample);
            var label = data.LabelOf(range.Group);
            wanted.AsSpan().Clear();
            wanted[label] = 1;
            regression.Add(sample, wanted);
            counts[label]++;
        }

        regression.Solve(Penalty);
        var (most, linear, scratch) = (new ConfusionMatrix(data.Classes), new ConfusionMatrix(data.Classes), new double[sample.Length]);
        foreach (var range in parts.Where(range => range.Part == Part.Test))
        {
            Summarize(data, range.Group, categories, sample);
            regression.Predict(sample, scratch, wanted);
            linear.Add(data.LabelOf(range.Group), Array.IndexOf(wanted, wanted.Max()));
            most.Add(data.LabelOf(range.Group), Array.IndexOf(counts, counts.Max()));
        }

        return new Dictionary<string, ConfusionMatrix> { [MostFrequent] = most, [LinearRegression] = linear };
    }

    private static void Summarize(ClassData data, int group, CategoryIndicators categories, Span<float> summary)
    {
        var (_, start, end) = data.Group(group);
        var (width, length) = (data.Encoded.Width, end - start);
        var rows = data.Encoded.NumbersOf(start, end);
        var looked = Math.Min(MostWidth, width);
        for (var i = 0; i < looked; i++)
        {
            var (sum, squares) = (0.0, 0.0);
            for (var at = i; at < rows.Length; at += width)
                (sum, squares) = (sum + rows[at], squares + ((double)rows[at] * rows[at]));
            var mean = sum / length;
            summary[3 * i] = (float)mean;
            summary[(3 * i) + 1] = (float)Math.Sqrt(Math.Max(0, (squares / length) - (mean * mean)));
            summary[(3 * i) + 2] = rows[^(width - i)];
        }

        var indicators = summary[(3 * looked)..^1];
        indicators.Clear();
        for (var row = start; row < end; row++)
            categories.Add(row, 1f / length, indicators);
        summary[^1] = (float)Math.Log(length);
    }
}
