using System.Globalization;

using FastRnn.Cli.History;
using FastRnn.Cli.Report;

namespace FastRnn.Cli.Search;

/// <summary>The page of <c>search</c>: the curves of all candidates and their table.</summary>
internal static class SearchPage
{
    /// <summary>So many curves have a colour and a name of their own.</summary>
    private const int Named = 6;

    /// <param name="ranked">All candidates, the best first; their folders are still there.</param>
    /// <param name="text">What was learned.</param>
    /// <param name="plan">The rounds.</param>
    /// <param name="best">Which was saved, or null.</param>
    public static string Of(IReadOnlyList<Candidate> ranked, string text, HalvingPlan plan, Candidate? best)
    {
        var histories = ranked.Select(c => TrainingHistory.Peek(c.Folder.HistoryPath)).ToList();
        var others = ranked.Count > Named
            ? FormattableString.Invariant($" The {Named} best have a colour, all others are thin and grey.") : "";
        var page = new HtmlPage(
            best is null ? "A search without a winner" : $"The best of {ranked.Count}: {best.Title}",
            $"Byte-level language models that learn {text}, all from the same seed and by the same windows in the same order. "
                + "After each round the better half goes on (successive halving, Jamieson and Talwalkar 2016)." + others,
            new LinePlot("Validation loss", "step", "nats a byte")
            {
                Curves = [.. histories.Select((history, i) => Style(ranked, i,
                    [.. history.Validations.Select(v => ((double)v.Step, v.Loss))]) with { HasDots = i < Named })],
            }.Draw());
        page.Section(
            "Rounds",
            "What each candidate had at the end of a round, and how many were left. Who is shown with fewer rounds was dropped: its loss "
                + "is that of its last round, after fewer steps than the winner's, so compare within a number of rounds.",
            HtmlPage.Table(
                ["round", "candidates", "each until"],
                plan.Rounds.Select((round, i) => new[]
                {
                    FormattableString.Invariant($"{i + 1}"), FormattableString.Invariant($"{round.Candidates}"),
                    round.Until.Steps is { } steps ? FormattableString.Invariant($"step {steps:n0}")
                        : FormattableString.Invariant($"{round.Until.Seconds:0.#} s"),
                })),
            HtmlPage.Table(["model", "validation", "rounds", "steps", "parameters", "characters/s"], ranked.Select(Row)));
        page.Section(
            "Training loss",
            "The mean loss of the steps themselves. A curve that falls faster at first need not end lower: a budget that is too small "
                + "chooses who is quick, not who is good.",
            new LinePlot("Training loss", "step", "nats a byte")
            {
                Curves = [.. histories.Select((history, i) => Style(ranked, i, [.. history.Points.Select(p => ((double)p.Step, p.Loss))]))],
            }.Draw());
        return page.ToString();
    }

    private static Curve Style(IReadOnlyList<Candidate> ranked, int i, IReadOnlyList<(double X, double Y)> points) =>
        new(ranked[i].Title, points) { Style = i < Named ? i : -1, IsFaint = i >= Named };

    private static string[] Row(Candidate c) =>
    [
        c.Title,
        c.HasDiverged ? "diverged" : c.Loss is { } loss ? loss.ToString("f3", CultureInfo.InvariantCulture) : "-",
        FormattableString.Invariant($"{c.Rounds}"), FormattableString.Invariant($"{c.Steps:n0}"),
        FormattableString.Invariant($"{c.Parameters:n0}"), FormattableString.Invariant($"{c.BytesPerSecond:n0}"),
    ];
}
