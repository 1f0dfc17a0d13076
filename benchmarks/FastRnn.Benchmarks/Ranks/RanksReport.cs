using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Models;

namespace FastRnn.Benchmarks.Ranks;

/// <summary>Measures and writes the pages.</summary>
internal static class RanksReport
{
    /// <summary>What two ranks should reach of a process of two threads, and how much faster than PyTorch's they should be.</summary>
    private const double SmallGoal = 0.9, LargeGoal = 0.95, PeerGoal = 2;

    private const double HiddenGoal = 0.7;

    /// <summary>The largest difference of first losses, which are some 4.2.</summary>
    private const double Tolerance = 1e-4;

    /// <summary>Two ranks on this machine.</summary>
    public static string Local(int[] sizes, bool isQuick, CpuInfo cpu, CancellationToken interrupt)
    {
        var rounds = new RankRounds(isQuick, interrupt);
        var page = Begin("Two processes train one model", "ranks", cpu, rounds)
            .Append("Two ranks of `mpirun` with one thread each (`--bind-to core`) and one process of two threads have the same bits; ")
            .Append("PyTorch's DistributedDataParallel has two processes of one thread, and gives other numbers for other numbers of ")
            .Append("processes. `ratio` is the other side's time over that of our two ranks.\n\n");
        Line(page, "| step | side | a step | ratio | goal | met | first loss | allocated, all ranks |");
        Line(page, "|---|---|---|---|---|---|---|---|");
        foreach (var hidden in sizes)
        {
            DdpPeer[] peers = [new(keepsPages: false), new(keepsPages: true)];
            var turns = rounds.Run(
            [
                seconds => RankJob.Ranks(hidden, 2, seconds),
                seconds => RankJob.Alone(hidden, 2, seconds),
                seconds => RankJob.Alone(hidden, 1, seconds),
                .. peers.Select(peer => (Func<double, IReadOnlyList<RankMeasure>>)(seconds => peer.Measure(hidden, seconds))),
            ]);
            var ours = RankRounds.Median(turns[0], turn => turn.StepNs);
            string[] names = ["FastRnn, 2 ranks", "FastRnn, 2 threads", "FastRnn, 1 thread", .. peers.Select(peer => peer.Name)];
            var goals = names.Select((_, i) => i switch { 1 => hidden == 128 ? SmallGoal : LargeGoal, > 2 => PeerGoal, _ => 0 }).ToList();
            for (var side = 0; side < names.Length; side++)
            {
                var (time, loss) = (RankRounds.Median(turns[side], t => t.StepNs), turns[side][0][0].Loss);
                var ratio = time / ours;
                var same = Math.Abs(loss - turns[0][0][0].Loss) < Tolerance ? "" : " RESULTS DIFFER";
                var bytes = side > 2 ? "-" : Figures.Invariant($"{turns[side].Sum(turn => turn.Sum(rank => rank.Bytes))}");
                var goal = goals[side] == 0 ? "- | -" : Figures.Invariant($">= {goals[side]} | {Figures.YesNo(ratio >= goals[side])}");
                Line(page, Figures.Invariant($"| {Shape(hidden)} | {names[side]} | {Figures.Time(time)} | {ratio:0.00} | {goal} ")
                    + Figures.Invariant($"| {loss:0.00000}{same} | {bytes} |"));
            }
        }

        return page.ToString();
    }

    /// <summary>Two ranks in network namespaces.</summary>
    public static string Network(int[] sizes, string delay, string rate, bool isQuick, CpuInfo cpu, CancellationToken interrupt)
    {
        var rounds = new RankRounds(isQuick, interrupt);
        var page = Begin("Two processes train one model over a network", $"ranks --namespaces {delay} {rate}", cpu, rounds)
            .Append("Two ranks of one thread, each in a network namespace of its own; `instant` is the same without delay and limit. ")
            .Append("`exchange` is a gradient forth and back with nothing computed between, slices back while others go forth, measured. ")
            .Append("`hidden` is the part of it that a step does not take longer than with the instant network.\n\n");
        Line(page, "| step | gradients | network | a step | instant | exchange | hidden | goal | met |");
        Line(page, "|---|---|---|---|---|---|---|---|---|");
        foreach (var hidden in sizes)
        {
            var turns = rounds.Run(
                seconds => RankJob.Namespaces(hidden, delay, rate, seconds), seconds => RankJob.Namespaces(hidden, "0", "0", seconds));
            var slow = RankRounds.Median(turns[0], turn => turn.StepNs);
            var fast = RankRounds.Median(turns[1], turn => turn.StepNs);
            var exchange = RankRounds.Median(turns[0], turn => turn.ExchangeNs);
            var share = 1 - ((slow - fast) / exchange);
            var bytes = 4.0 * ModelList.Find(RankShape.Of(hidden, 1)).Parameters;
            var goal = hidden == 512 ? Figures.Invariant($">= {HiddenGoal:p0} | {Figures.YesNo(share >= HiddenGoal)}") : "- | -";
            Line(page, Figures.Invariant($"| {Shape(hidden)} | {Figures.Bytes(bytes)} | {delay} {rate} | {Figures.Time(slow)} ")
                + Figures.Invariant($"| {Figures.Time(fast)} | {Figures.Time(exchange)} | {share:p0} | {goal} |"));
        }

        return page.ToString();
    }

    private static string Shape(int hidden) => Figures.Invariant($"LSTM 64->{hidden} x 2 B64 T50 whole step");

    private static StringBuilder Begin(string title, string command, CpuInfo cpu, RankRounds rounds) => new StringBuilder($"# {title}\n\n")
        .Append(CultureInfo.InvariantCulture, $"Written by `{command}` on {DateTime.UtcNow:yyyy-MM-dd}: {cpu.Name} ({cpu.Folder}), ")
        .Append(RuntimeInformation.FrameworkDescription)
        .Append(CultureInfo.InvariantCulture, $". Medians of {rounds.Count} turns; in each a side is started anew, and the median of its ")
        .Append("steps counts, after some that warm it up. ");

    private static void Line(StringBuilder page, string line)
    {
        Console.WriteLine(line);
        page.Append(line).Append('\n');
    }
}
