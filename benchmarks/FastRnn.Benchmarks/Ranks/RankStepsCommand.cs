using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;
using FastRnn.Distributed;

namespace FastRnn.Benchmarks.Ranks;

/// <summary><c>rank-steps</c>: what <c>ranks</c> starts, by mpirun or alone. Each rank writes a line.</summary>
internal static class RankStepsCommand
{
    public const string Name = "rank-steps";

    private const int LeastSteps = 7;

    /// <summary>A rank has one core. There .NET waits a second of quiet, and not a tenth, before it compiles better what is called often:
    /// for the first five or six seconds a step takes twice as long.</summary>
    private const double WarmSeconds = 9;

    public static Command Create()
    {
        var hidden = new Argument<int>("hidden");
        var threads = new Argument<int>("threads");
        var seconds = new Argument<double>("seconds");
        var command = new Command(Name, "A process of 'ranks'.") { hidden, threads, seconds };
        command.Hidden = true;
        command.SetAction(parsed => Run(parsed.GetValue(hidden), parsed.GetValue(threads), parsed.GetValue(seconds)));
        return command;
    }

    private static int Run(int hidden, int threads, double seconds)
    {
        var ranks = MpiRanks.Join();
        var workload = RankShape.Of(hidden, threads) with { Ranks = ranks.Count > 1 ? ranks : null };
        var model = ModelList.Find(workload);
        using var run = model.Create(workload, RandomInput.Create(workload));
        run.Measure(1);
        var loss = run.Read().Y[0];

        // Rank 0 says how many: all make the same steps.
        Median(run, steps: LeastSteps);
        for (var begin = Stopwatch.GetTimestamp(); ranks.FromFirst(Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmSeconds);)
        {
            run.Measure(1);
        }

        var steps = ranks.FromFirst(Math.Max(LeastSteps, Math.Ceiling(seconds * 1e9 / Median(run, LeastSteps).Ns)));
        var (ns, bytes) = Median(run, (int)steps);
        var exchange = ranks.Count > 1 ? ExchangeTime.Measure(ranks, model.Parameters) : 0;
        var line = JsonSerializer.Serialize(new(ranks.Rank, ns, bytes, loss, exchange), RankJson.Default.RankMeasure);
        Console.Write(line + "\n");
        return 0;
    }

    private static (double Ns, long Bytes) Median(IPeerRun run, int steps)
    {
        var times = new double[steps];
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < steps; i++)
        {
            times[i] = run.Measure(1);
        }

        var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        Array.Sort(times);
        return (times[steps / 2], bytes);
    }
}
