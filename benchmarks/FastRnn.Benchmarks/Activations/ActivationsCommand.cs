using System.CommandLine;
using System.Diagnostics;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Activations;

/// <summary><c>activations</c>: speed and accuracy of the functions of cells.</summary>
internal static class ActivationsCommand
{
    public static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Short rounds and a sample of all floats: a first look, which replaces no results of a whole run." };
        var results = new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command = new Command("activations", "Measures the functions of cells: time an element, and the worst error over all 2^32 floats, beside System.Numerics.Tensors.") { quick, results };
        command.SetAction(parsed => Interrupt.Guard(token => Run(parsed.GetValue(quick), parsed.GetValue(results), token)));
        return command;
    }

    private static int Run(bool quick, string? root, CancellationToken interrupt)
    {
        var cpu = CpuInfo.Read();
        var path = Path.Combine(ResultsFolder.Create(root, cpu, isWhole: !quick), quick ? "activations-quick.md" : "activations.md");
        OutputFile.Check(path);

        var rows = new List<ActivationRow>();
        foreach (var function in MeasuredFunction.All)
        {
            var begin = Stopwatch.GetTimestamp();
            var speed = Speed.Measure(function, quick, interrupt);
            rows.Add(new ActivationRow(function, speed, ErrorScan.Run(function, quick, interrupt), ReferenceCheck.Run(function)));
            Console.Error.WriteLine(Figures.Invariant($"{rows.Count}/{MeasuredFunction.All.Count} {function.Name}: {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s"));
        }

        var page = ActivationsReport.Markdown(cpu, rows, quick);
        Console.Write(page);
        OutputFile.Write(path, page);
        Console.WriteLine($"written: {path}");
        return rows.TrueForAll(row => row.Errors.WidthsDifferAt is null) ? 0 : 1;
    }
}
