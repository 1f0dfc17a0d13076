using System.Globalization;
using System.Text;

using FastRnn.Mutants.Running;

namespace FastRnn.Mutants;

/// <summary>The page of results.</summary>
/// <param name="work">What came out.</param>
/// <param name="explanations">Why mutants that no test can catch change nothing: <see cref="Mutant.Key"/>, then <c> => </c> and the
/// reason.</param>
internal sealed class Report(WorkFolder work, IReadOnlyDictionary<string, string> explanations)
{
    private const string Separator = " => ";

    /// <summary>Reads explanations, a line each.</summary>
    public static Dictionary<string, string> Explanations(string path) => !File.Exists(path) ? [] : File.ReadLines(path)
        .Where(line => line.Contains(Separator, StringComparison.Ordinal))
        .Select(line => line.Split(Separator, 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    public string Write(string command)
    {
        var mutants = work.Mutants;
        var outcomes = work.Outcomes().GroupBy(outcome => outcome.Id)
            .ToDictionary(group => group.Key, Last);
        var met = mutants.Where(mutant => outcomes.ContainsKey(mutant.Id)).ToList();
        var caught = met.Where(mutant => outcomes[mutant.Id].IsCaught).ToList();
        var same = met.Except(caught).Where(mutant => explanations.ContainsKey(mutant.Key)).ToList();
        var left = met.Except(caught).Except(same).ToList();
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"""
            # Mutants: what the numeric tests notice

            Written by `{command}` on {DateTime.UtcNow:d MMMM yyyy}: each row one change of an emitted kernel or of the runtime, one at a
            time, against the tests until the first that fails. How: [tests/README.md](../README.md#mutants).

            **{met.Count} mutants of {mutants.Count} that were drawn have met the tests: {caught.Count} caught, {same.Count} that change
            nothing (explained below), {left.Count} not caught.
            Of those that change something {Percent(caught.Count, met.Count - same.Count)} are caught.**

            """);
        Table(page, "where", met, mutant => mutant.Area, outcomes, same);
        Table(page, "what was changed", met, mutant => mutant.Kind, outcomes, same);
        page.AppendLine("*Caught* are those by which a test fails; *ended* those by which the process of the tests ends or does not end.");
        Rows(page, "Not caught", left, mutant => $"{outcomes[mutant.Id].How}, {outcomes[mutant.Id].Tests} tests");
        Rows(page, "Changes nothing", same, mutant => explanations[mutant.Key]);
        return page.ToString();
    }

    /// <summary>Whoever caught it; or those of the most tests.</summary>
    private static Outcome Last(IEnumerable<Outcome> outcomes) =>
        outcomes.OrderBy(outcome => !outcome.IsCaught).ThenByDescending(outcome => outcome.Tests).First();

    private static void Table(
        StringBuilder page, string title, List<Mutant> met, Func<Mutant, string> key, Dictionary<int, Outcome> outcomes, List<Mutant> same)
    {
        page.AppendLine(CultureInfo.InvariantCulture, $"| {title} | mutants | caught | ended | change nothing | not caught |");
        page.AppendLine("|---|---|---|---|---|---|");
        foreach (var group in met.GroupBy(key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var caught = group.Count(mutant => outcomes[mutant.Id].How == "caught");
            var ended = group.Count(mutant => outcomes[mutant.Id].How is "crash" or "hang");
            var nothing = group.Count(same.Contains);
            page.AppendLine(CultureInfo.InvariantCulture,
                $"| {group.Key} | {group.Count()} | {caught} | {ended} | {nothing} | {group.Count() - caught - ended - nothing} |");
        }

        page.AppendLine();
    }

    private static void Rows(StringBuilder page, string title, List<Mutant> mutants, Func<Mutant, string> what)
    {
        if (mutants.Count == 0)
            return;

        page.AppendLine(CultureInfo.InvariantCulture, $"""

            ## {title}

            | file, line, method | before | after | |
            |---|---|---|---|
            """);
        foreach (var mutant in mutants)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"| {mutant.File}, {mutant.Line}, {mutant.Method} | {Code(mutant.Original)} "
                + $"| {Code(mutant.Changed)} | {what(mutant)} |");
        }
    }

    private static string Code(string text) => "`" + text.Replace("|", "\\|", StringComparison.Ordinal) + "`";

    private static string Percent(int part, int whole) =>
        whole == 0 ? "none" : (100.0 * part / whole).ToString("f1", CultureInfo.InvariantCulture) + " %";
}
