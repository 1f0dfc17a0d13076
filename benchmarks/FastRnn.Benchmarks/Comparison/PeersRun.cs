using FastRnn.Benchmarks.Learning;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>The whole comparison: probe, contests, table, files.</summary>
internal sealed class PeersRun(PeersRequest request, CancellationToken interrupt)
{
    private readonly List<ComparisonRow> rows = [];
    private readonly List<string> refusals = [];

    public static IReadOnlyList<string> Groups { get; } = ["training", "batched", "streaming", "learning"];

    public int Run()
    {
        var cpu = CpuInfo.Read();
        var path = Path.Combine(ResultsFolder.Create(request.Results, cpu, request.IsWhole), FileName());
        OutputFile.Check(path);
        if (request.Json is not null)
        {
            OutputFile.Check(request.Json);
        }

        int[]? text = null;
        if (request.Only is null or "learning" && (request.Text ?? LearningText.Find(ResultsFolder.Checkout)) is { } file)
        {
            text = LearningText.Read(file);
        }

        var machine = Probe.Run(request.Quick);
        Lines(ProbeText.Lines(machine));
        Lines(PeerText.Lines());
        interrupt.ThrowIfCancellationRequested();
        Measure(machine, text);

        var report = new PeersReport(machine, rows, refusals, request);
        Console.WriteLine();
        Lines(report.Closing());
        Write(path, report);
        return rows.Exists(row => row.Note == Referee.DifferNote) ? 1 : 0;
    }

    private void Measure(MachineProbe machine, int[]? text)
    {
        var referee = new Referee(machine, request.Quick ? Rounds.Quick : Rounds.Full, interrupt);
        foreach (var group in Groups.Where(group => request.Only is null || request.Only == group))
        {
            Console.WriteLine();
            Console.WriteLine(group);
            Console.WriteLine(RowTable.Line(RowTable.Titles));
            if (group == "learning")
            {
                var match = new LearningMatch(machine, request.Quick, interrupt);
                Add(match.Hold(text, request.Threads[^1]));
                refusals.AddRange(match.Refusals);
                continue;
            }

            foreach (var contest in Contests(group, machine))
            {
                Add(referee.Hold(contest));
            }
        }

        refusals.AddRange(referee.Refusals);
    }

    private IEnumerable<Contest> Contests(string group, MachineProbe machine) => group switch
    {
        "training" => TrainingContests.All(request.Threads),
        "batched" => BatchedContests.All(request.Threads),
        _ => new StreamingContests(machine).All(request.Threads),
    };

    private void Add(IReadOnlyList<ComparisonRow> more)
    {
        Lines(more.Select(row => RowTable.Line(RowTable.Cells(row))));
        rows.AddRange(more);
    }

    private void Write(string path, PeersReport report)
    {
        var json = ComparisonJson.Text(rows);
        OutputFile.Write(path, report.Markdown());
        OutputFile.Write(Path.ChangeExtension(path, ".json"), json);
        Console.WriteLine($"written: {path}, and the same as .json");
        if (request.Json is not null)
        {
            OutputFile.Write(request.Json, json);
            Console.WriteLine($"written: {request.Json}");
        }
    }

    /// <summary>A part or a quick run must not replace the whole table.</summary>
    private string FileName() => "peers" + (request.Only is null ? "" : "-" + request.Only) + (request.Quick ? "-quick" : "") + ".md";

    private static void Lines(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }
    }
}
