using System.CommandLine;
using System.Text.Json;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Cells;

/// <summary><c>cells</c>: what each cell, each shape of a model and batches of other lengths cost.</summary>
internal static class CellsCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Short rounds: a first look, which replaces no results of a whole run." };
        var json = new Option<string?>("--json") { Description = "Writes the rows as a JSON array to this file." };
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command =
            new Command("cells", "Measures every built-in cell, every shape of a model, and ragged batches.") { quick, json, results };
        command.SetAction(
            parsed => Interrupt.Guard(token => Run(parsed.GetValue(quick), parsed.GetValue(json), parsed.GetValue(results), token)));
        return command;
    }

    private static int Run(bool quick, string? json, string? root, CancellationToken interrupt)
    {
        var cpu = CpuInfo.Read();
        var path = Path.Combine(ResultsFolder.Create(root, cpu, isWhole: !quick), quick ? "cells-quick.md" : "cells.md");
        OutputFile.Check(path);
        if (json is not null)
        {
            OutputFile.Check(json);
        }

        var rows = new List<CellRow>();
        foreach (var row in new CellsRun(quick ? Rounds.Quick : Rounds.Full, interrupt).Run())
        {
            Console.WriteLine(CellsReport.Line(row));
            rows.Add(row);
        }

        OutputFile.Write(path, CellsReport.Markdown(cpu, rows, quick));
        Console.WriteLine($"written: {path}");
        if (json is not null)
        {
            OutputFile.Write(json, JsonSerializer.Serialize(rows, CellsJson.Default.IReadOnlyListCellRow) + "\n");
            Console.WriteLine($"written: {json}");
        }

        return 0;
    }
}
