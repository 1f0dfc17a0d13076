using System.CommandLine;
using System.Text.Json;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Growth;

/// <summary><c>growth</c>: how the cost grows.</summary>
internal static class GrowthCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Short rounds: a first look, which replaces no results of a whole run." };
        var json = new Option<string?>("--json") { Description = "Writes the series as a JSON array to this file." };
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command =
            new Command("growth", "Measures time against T, B, layers, H and threads: a table and a picture.") { quick, json, results };
        command.SetAction(
            parsed => Interrupt.Guard(token => Run(parsed.GetValue(quick), parsed.GetValue(json), parsed.GetValue(results), token)));
        return command;
    }

    private static int Run(bool quick, string? json, string? root, CancellationToken interrupt)
    {
        var path = Path.Combine(ResultsFolder.Create(root, CpuInfo.Read(), isWhole: !quick), quick ? "growth-quick" : "growth");
        OutputFile.Check(path + ".md");
        if (json is not null)
        {
            OutputFile.Check(json);
        }

        var machine = Probe.Run(quick);
        foreach (var line in ProbeText.Lines(machine))
        {
            Console.WriteLine(line);
        }

        var all = new List<GrowthSeries>();
        foreach (var series in new GrowthRun(machine, quick ? Rounds.Quick : Rounds.Full, interrupt).Run())
        {
            Console.WriteLine(GrowthReport.Line(series));
            all.Add(series);
        }

        OutputFile.Write(path + ".md", GrowthReport.Markdown(machine, all, quick));
        OutputFile.Write(path + ".svg", GrowthPicture.Draw(all, machine));
        Console.WriteLine($"written: {path}.md and .svg");
        if (json is not null)
        {
            OutputFile.Write(json, JsonSerializer.Serialize(all, GrowthJson.Default.IReadOnlyListGrowthSeries) + "\n");
            Console.WriteLine($"written: {json}");
        }

        return 0;
    }
}
