using System.Globalization;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Costs;
using FastRnn.Benchmarks.Models;
using FastRnn.Benchmarks.Peers;
using FastRnn.Benchmarks.Peers.PyTorch;
using FastRnn.Benchmarks.Peers.Workers;

namespace FastRnn.Benchmarks.Starts;

/// <summary>The peak memory of a process that trains, ours beside PyTorch's: some steps of a large model.</summary>
internal static class TrainingMemory
{
    private const string Word = "training-memory";
    private const int Steps = 5;

    private static Workload Workload { get; } =
        new(CellKind.Lstm, 64, 512, 2, 64, 50, WorkKind.WholeTrainingStep, 2, Vocabulary: 65);

    /// <summary>Whether the words are those of a child; then its work is done.</summary>
    public static bool Handles(string[] args)
    {
        if (args is not [Word])
        {
            return false;
        }

        using var run = ModelList.Find(Workload).Create(Workload, RandomInput.Create(Workload));
        run.Measure(Steps);
        Console.WriteLine(PeakMemory.Kilobytes().ToString(CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>A line of a table for each engine that is there.</summary>
    public static IEnumerable<string> Lines()
    {
        yield return Line("FastRnn", long.Parse(Child.Run([Word]).Lines[0], CultureInfo.InvariantCulture));
        foreach (var home in (PeerHome[])[PeerHome.Host, PeerHome.Sid])
        {
            var peer = new PyTorchPeer(home, keepsPages: false);
            if (peer.Version is { } version)
            {
                using var run = (WorkerRun)peer.Create(Workload, RandomInput.Create(Workload));
                run.Measure(Steps);
                yield return Line("PyTorch " + version, run.PeakKilobytes());
            }
        }
    }

    private static string Line(string engine, long kilobytes) =>
        Figures.Invariant($"| {Shapes.WholeStep(Workload)} | {engine} | {kilobytes / 1024.0:0.0} MiB |");
}
