using System.Globalization;
using System.Text.RegularExpressions;

using FastRnn.Mutants.Running;

namespace FastRnn.Mutants;

/// <summary>Changes emitted kernels and the runtime in one place at a time and looks whether the numeric tests notice:
/// tests/README.md.</summary>
internal static partial class Program
{
    private const int Usage = 2;

    private const string Help = """
        FastRnn.Mutants campaign WORK [--root FOLDER] [--widths 128+256] [--emitted N] [--runtime N] [--seed S] [--processes N] [--tests N]
        FastRnn.Mutants campaign WORK --only LIST ...    those that a list names, as results.md does; results.md stays as it is
        FastRnn.Mutants report WORK ROOT
        FastRnn.Mutants list WORK
        """;

    public static int Main(string[] args)
    {
        try
        {
            return args switch
            {
                ["campaign", var work, .. var options] when options.Length % 2 == 0 => Run(new(work), Options(options)),
                ["report", var work, var root] => Report(new(work), root),
                ["list", var work] => List(new(work)),
                ["measure", var work, var tests, _, _] => Child(work, tests, 0, 1).Measure(),
                ["hunt", var work, var tests, var share, var shares] => Child(work, tests, Number(share), Number(shares)).Hunt(),
                _ => throw new ArgumentException(Help),
            };
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine(e.Message);
            return Usage;
        }
    }

    private static int Run(WorkFolder work, Dictionary<string, string> options)
    {
        int Of(string name, int usual) => options.TryGetValue(name, out var text) ? Number(text) : usual;
        var root = Path.GetFullPath(options.GetValueOrDefault("--root", "."));
        var campaign = new Campaign(root, work);
        var wanted = options.TryGetValue("--only", out var list) ? Wanted(list) : null;
        campaign.Make(
            options.GetValueOrDefault("--widths", "128+256"), Of("--emitted", 200), Of("--runtime", 140), Of("--seed", 1), wanted);
        foreach (var (tests, _) in Campaign.Suites.Take(Of("--tests", Campaign.Suites.Length)))
            campaign.Hunt(tests, Of("--processes", 1));

        return wanted is null ? Report(work, root) : List(work);
    }

    /// <summary>The rows of a list: file, line, method; before; after; what follows does not matter.</summary>
    private static List<Mutant> Wanted(string list) =>
    [
        .. File.ReadLines(list).Select(line => Row().Match(line)).Where(row => row.Success).Select(row => new Mutant(
            0, "", "", row.Groups["file"].Value, Number(row.Groups["line"].Value), row.Groups["method"].Value,
            row.Groups["before"].Value.Replace("\\|", "|", StringComparison.Ordinal),
            row.Groups["after"].Value.Replace("\\|", "|", StringComparison.Ordinal))),
    ];

    [GeneratedRegex(@"^\| (?<file>\S+), (?<line>\d+), (?<method>\w+) \| `(?<before>.+?)` \| `(?<after>.+?)` \|")]
    private static partial Regex Row();

    /// <summary>Writes the page of what is known by now.</summary>
    private static int Report(WorkFolder work, string root)
    {
        var own = Path.Combine(root, "tests", "FastRnn.Mutants");
        var page = new Report(work, FastRnn.Mutants.Report.Explanations(Path.Combine(own, "explained.txt"))).Write("tests/mutants.sh");
        File.WriteAllText(Path.Combine(own, "results.md"), page);
        Console.WriteLine(page);
        return 0;
    }

    private static int List(WorkFolder work)
    {
        var outcomes = work.Outcomes().ToLookup(outcome => outcome.Id);
        foreach (var mutant in work.Mutants)
        {
            Console.WriteLine($"{mutant.Id} {mutant.Area}, {mutant.Kind}: line {mutant.Line} of {mutant.Key}");
            foreach (var outcome in outcomes[mutant.Id])
                Console.WriteLine($"    {outcome.How} after {outcome.Tests} tests: {outcome.Test} {outcome.Message}");
        }

        return 0;
    }

    private static MutantRun Child(string work, string tests, int share, int shares)
    {
        var classes = Campaign.Suites.Single(suite => suite.Tests == tests).Classes;
        bool Filter(string name) => classes.Any(part => name.StartsWith($"FastRnn.Tests.{part}", StringComparison.Ordinal));
        return new(new(work), tests, Filter, share, shares);
    }

    private static Dictionary<string, string> Options(string[] words)
    {
        string[] known = ["--root", "--widths", "--emitted", "--runtime", "--seed", "--processes", "--tests", "--only"];
        if (words.Where((_, i) => i % 2 == 0).Except(known).Any())
            throw new ArgumentException(Help);
        return words.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    private static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : throw new ArgumentException($"Expected a whole number, got '{text}'.");
}
