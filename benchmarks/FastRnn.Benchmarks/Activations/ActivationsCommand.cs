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
        var quick = new Option<bool>("--quick")
        {
            Description = "Short rounds and a sample of all floats: a first look, which replaces no results of a whole run.",
        };
        var results =
            new Option<string?>("--results") { Description = "The folder for results; benchmarks/results unless said otherwise." };
        var command =
            new Command("activations",
                "Measures the functions of cells: time an element, and the worst error over all 2^32 floats, "
                    + "beside System.Numerics.Tensors.") { quick, results };
        command.SetAction(parsed => Interrupt.Guard(token => Run(parsed.GetValue(quick), parsed.GetValue(results), token)));
        return command;
    }

    private static int Run(bool quick, string? root, CancellationToken interrupt)
    {
        var cpu = CpuInfo.Read();
        var path = Path.Combine(ResultsFolder.Create(root, cpu, isWhole: !quick), quick ? "activations-quick.md" : "activations.md");
        OutputFile.Check(path);

        // All times first: only they want a quiet machine.
        var functions = MeasuredFunction.All;
        var speeds = functions.Select(function => Said(function, "time", () => Speed.Measure(function, quick, interrupt))).ToList();
        var rows = functions.Zip(speeds, (function, speed) => Said(
            function, "errors", () =>
                new ActivationRow(function, speed, ErrorScan.Run(function, quick, interrupt), ReferenceCheck.Run(function)))).ToList();

        var page = ActivationsReport.Markdown(cpu, rows, quick);
        Console.Write(page);
        OutputFile.Write(path, page);
        Console.WriteLine($"written: {path}");
        return rows.TrueForAll(row => row.Errors.WidthsDifferAt is null) ? 0 : 1;
    }

    private static T Said<T>(MeasuredFunction function, string what, Func<T> measure)
    {
        var begin = Stopwatch.GetTimestamp();
        var result = measure();
        Console.Error.WriteLine(Figures.Invariant($"{function.Name}, {what}: {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s"));
        return result;
    }
}
