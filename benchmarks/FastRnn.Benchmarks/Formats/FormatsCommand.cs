using System.CommandLine;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Formats;

/// <summary><c>formats</c>: what weights as bfloat16 and int8 save.</summary>
internal static class FormatsCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Short rounds: a first look, which replaces no results of a whole run." };
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command = new Command("formats", "Measures streams and batches with weights of each format.") { quick, results };
        command.SetAction(parsed => Interrupt.Guard(token => Run(parsed.GetValue(quick), parsed.GetValue(results), token)));
        return command;
    }

    private static int Run(bool quick, string? root, CancellationToken interrupt)
    {
        var cpu = CpuInfo.Read();
        var path = Path.Combine(ResultsFolder.Create(root, cpu, isWhole: !quick), quick ? "formats-quick.md" : "formats.md");
        OutputFile.Check(path);
        var rows = new List<FormatRow>();
        foreach (var row in new FormatsRun(quick ? Rounds.Quick : Rounds.Full, interrupt).Run())
        {
            Console.WriteLine(FormatsReport.Line(row));
            rows.Add(row);
        }

        OutputFile.Write(path, FormatsReport.Markdown(cpu, rows, quick));
        Console.WriteLine($"written: {path}");
        return 0;
    }
}
