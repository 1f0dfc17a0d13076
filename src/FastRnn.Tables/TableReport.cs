using System.Globalization;
using System.Text;

using FastRnn.Tables.Baselines;
using FastRnn.Training;

namespace FastRnn.Tables;

/// <summary>What came of a training: columns, rows, losses, and the model beside what it is compared with. <see cref="ToString"/> is a page
/// for a terminal.</summary>
public sealed record TableReport
{
    /// <summary>What the model and its data are, in one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The columns that were found: name, kind, missing values.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>What was left out, and why.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The losses of all epochs.</summary>
    public required IReadOnlyList<TableProgress> Epochs { get; init; }

    /// <summary>How long the training took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>How it ended.</summary>
    public required TrainingEnd End { get; init; }

    /// <summary>Of forecasts: the errors of the model and of what it is compared with, over the test part.</summary>
    public IReadOnlyList<TableScore> Scores { get; init; } = [];

    /// <summary>Of forecasts: some values of the first output beside their forecasts.</summary>
    public IReadOnlyList<TablePoint> Points { get; init; } = [];

    /// <summary>Of named groups: the names.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Of named groups: what the model and what it is compared with said of the test part, by their names; the model
    /// first.</summary>
    public IReadOnlyDictionary<string, ConfusionMatrix> Confusions { get; init; } = new Dictionary<string, ConfusionMatrix>();

    /// <summary>The methods, the model first.</summary>
    public IReadOnlyList<string> Methods =>
        [.. Scores.Select(score => score.Method).Concat(Confusions.Keys).Distinct(StringComparer.Ordinal)];

    /// <summary>The score of a method and an output.</summary>
    /// <param name="method">One of <see cref="Methods"/>.</param>
    /// <param name="output">The output: <c>price+12</c>.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public TableScore Score(string method, string output) =>
        Scores.FirstOrDefault(score => score.Method == method && score.Output == output)
            ?? throw new ArgumentException($"There is no score of '{method}' for '{output}'.");

    /// <summary>Whether the model's mean absolute error, averaged over the outputs in units of each output's least one, is below that of
    /// all it is compared with; of named groups, whether its macro F1 is above.</summary>
    public bool IsBest => Methods.Count > 1 && Methods.Skip(1).All(method => Worth(Methods[0]) > Worth(method));

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder().AppendLine(Summary).AppendLine();
        foreach (var line in Columns.Concat(Notes))
            text.Append("  ").AppendLine(line);
        text.AppendLine().Append(
            CultureInfo.InvariantCulture, $"{Epochs.Count} epochs in {Seconds:0.0} s ({Ending(End)})").AppendLine().AppendLine();
        if (Scores.Count > 0)
            AppendScores(text);
        if (Confusions.Count > 0)
            AppendClasses(text);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static string Ending(TrainingEnd end) => end switch
    {
        TrainingEnd.StoppedEarly => "no more progress",
        TrainingEnd.Cancelled => "interrupted, or out of time",
        _ => "all of them",
    };

    private double Worth(string method) => Confusions.TryGetValue(method, out var confusion) ? confusion.MacroF1
        : -Scores.Where(score => score.Method == method)
            .Average(score =>
                score.MeanAbsoluteError / Scores.Where(other => other.Output == score.Output).Min(other => other.MeanAbsoluteError));

    private void AppendScores(StringBuilder text)
    {
        var width = Methods.Max(method => method.Length);
        foreach (var output in Scores.Select(score => score.Output).Distinct(StringComparer.Ordinal))
        {
            var scores = Scores.Where(score => score.Output == output).ToList();
            text.Append(CultureInfo.InvariantCulture, $"{output}, {scores[0].Rows:n0} rows of the test part").AppendLine();
            text.Append("  ").Append(new string(' ', width)).AppendLine("  mean absolute   root mean square");
            foreach (var score in scores)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"  {score.Method.PadRight(width)}  {score.MeanAbsoluteError,13:g5}   {score.RootMeanSquaredError,16:g5}").AppendLine();
            }
        }
    }

    private void AppendClasses(StringBuilder text)
    {
        var width = Methods.Max(method => method.Length);
        text.Append("test part").Append(' ', Math.Max(1, width - 7)).AppendLine("  accuracy   macro F1");
        foreach (var method in Methods)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  {method.PadRight(width)}  {Confusions[method].Accuracy,8:0.000}   {Confusions[method].MacroF1,8:0.000}").AppendLine();
        }

        text.AppendLine().Append(ConfusionText.Of(Confusions[LinearClassifier.Model], Classes));
    }
}
