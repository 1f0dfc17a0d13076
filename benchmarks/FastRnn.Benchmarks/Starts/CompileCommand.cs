using System.CommandLine;
using System.Globalization;

using FastRnn.Benchmarks.Costs;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Starts;

/// <summary><c>compile</c>: from a declaration's text to the first prediction, in a new process, in one that has compiled, and from the
/// cache.</summary>
internal static class CompileCommand
{
    private const int Rounds = 7;
    private const int ModelsPerProcess = 6;

    public static Command Create()
    {
        var command = new Command("compile", "Measures FastRnn.Compiler: from a text to the first prediction of an LSTM 64 -> 128 x 2.");
        command.SetAction(_ => Interrupt.Guard(Run));
        return command;
    }

    private static int Run(CancellationToken interrupt)
    {
        var cache = Directory.CreateTempSubdirectory("fastrnn-compile-");
        try
        {
            // What is in the cache, and a round that is not counted.
            _ = Times(cache.FullName);
            var (compiled, cached) = (new List<double[]>(), new List<double[]>());
            for (var round = 0; round < Rounds; round++)
            {
                interrupt.ThrowIfCancellationRequested();
                compiled.Add(Times("-"));
                cached.Add(Times(cache.FullName));
            }

            Console.WriteLine($"{CpuInfo.Read().Name}, {Environment.ProcessorCount} processors; {Rounds} processes each, in turns");
            Console.WriteLine();
            Console.WriteLine("| text to first prediction, ms | least | median | most |");
            Console.WriteLine("|---|---|---|---|");
            Row("a new process", compiled.Select(times => times[0]));
            Row("a process that has compiled others", compiled.SelectMany(times => times[1..^1]));
            Row("a new process, from the cache", cached.Select(times => times[0]));
            Row("from the cache, later", cached.SelectMany(times => times[1..^1]));
            Row("peak memory after six models, MB", compiled.Select(times => times[^1] / 1024));
            return 0;
        }
        finally
        {
            cache.Delete(recursive: true);
        }
    }

    /// <summary>The times of a process's models, and its peak memory.</summary>
    private static double[] Times(string cache)
    {
        var count = ModelsPerProcess.ToString(CultureInfo.InvariantCulture);
        var (lines, _) = Child.Run([CompiledStart.Word, cache, count]);
        return [.. lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
    }

    private static void Row(string name, IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {name} | {sorted[0]:0} | {sorted[sorted.Count / 2]:0} | {sorted[^1]:0} |"));
    }
}
