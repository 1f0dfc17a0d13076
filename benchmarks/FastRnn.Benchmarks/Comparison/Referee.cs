using System.Globalization;

using FastRnn.Benchmarks.Machine;
using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Holds a contest: all sides are prepared, their results compared, all warmed, and then they take turns.</summary>
internal sealed class Referee(MachineProbe machine, Rounds rounds, CancellationToken interrupt)
{
    /// <summary>In a row whose sides do not compute the same.</summary>
    public const string DifferNote = "RESULTS DIFFER";

    // Rounds that differ by more than this were disturbed.
    private const double Steady = 1.3;

    // A stream carries its state on: after a few calls both sides must still agree.
    private const int CheckedCalls = 3;
    private readonly List<string> refusals = [];

    /// <summary>Peers that are installed but did not do what was asked, and what they said.</summary>
    public IReadOnlyList<string> Refusals => refusals;

    public IReadOnlyList<ComparisonRow> Hold(Contest contest)
    {
        interrupt.ThrowIfCancellationRequested();
        using var ours = new Side(contest.Create());
        var results = Results(ours.Run, contest.Workload);
        var sides = new Dictionary<Rival, Side>();
        var differences = new Dictionary<Rival, double>();
        try
        {
            foreach (var rival in contest.Rivals.Where(rival => rival.Create is not null))
            {
                Prepare(contest, rival, results, sides, differences);
            }

            Alternate(contest, ours, sides);
            return Rows(contest, ours, sides, differences);
        }
        finally
        {
            foreach (var side in sides.Values)
            {
                side.Dispose();
            }
        }
    }

    private void Prepare(
        Contest contest, Rival rival, PeerOutput results, Dictionary<Rival, Side> sides, Dictionary<Rival, double> differences)
    {
        interrupt.ThrowIfCancellationRequested();
        try
        {
            var side = new Side(rival.Create!());
            sides.Add(rival, side);
            var theirs = Results(side.Run, contest.Workload);
            differences.Add(rival, Difference.Of(results, theirs));
        }
        catch (PeerException e)
        {
            Refuse(contest, rival, e, sides);
        }
    }

    private static PeerOutput Results(IPeerRun run, Workload workload)
    {
        for (var call = 0; call < (workload.Streams ? CheckedCalls : 1); call++)
        {
            run.Measure(1);
        }

        return run.Read();
    }

    private void Alternate(Contest contest, Side ours, Dictionary<Rival, Side> sides)
    {
        ours.Warm(rounds);
        Each(contest, sides, side => side.Warm(rounds));
        for (var round = 0; round < rounds.Count; round++)
        {
            interrupt.ThrowIfCancellationRequested();
            ours.Turn();
            Each(contest, sides, side => side.Turn());
        }
    }

    /// <summary>A peer that gives up takes no further part.</summary>
    private void Each(Contest contest, Dictionary<Rival, Side> sides, Action<Side> act)
    {
        foreach (var (rival, side) in sides.ToList())
        {
            interrupt.ThrowIfCancellationRequested();
            try
            {
                act(side);
            }
            catch (PeerException e)
            {
                Refuse(contest, rival, e, sides);
            }
        }
    }

    private void Refuse(Contest contest, Rival rival, PeerException reason, Dictionary<Rival, Side> sides)
    {
        interrupt.ThrowIfCancellationRequested();
        refusals.Add($"{contest.Shape}: {rival.Name}: {reason.Message}");
        if (sides.Remove(rival, out var side))
        {
            side.Dispose();
        }
    }

    private List<ComparisonRow> Rows(
        Contest contest, Side ours, Dictionary<Rival, Side> sides, Dictionary<Rival, double> differences)
    {
        var threads = contest.Workload.Threads;
        var oursNs = ours.Median() / contest.Units;
        var gflops = Flops.Of(contest.Workload) / contest.Units / oursNs;
        var fraction = gflops / machine.Peak(threads);
        var rows = new List<ComparisonRow>();
        foreach (var rival in contest.Rivals)
        {
            if (rival.Create is null)
            {
                rows.Add(Row(rival, rival.KnownNs, 1, null));
            }
            else if (sides.TryGetValue(rival, out var side))
            {
                rows.Add(Row(rival, side.Median() / contest.Units, side.Spread(), differences[rival]));
            }
        }

        if (rows.Count == 0)
        {
            rows.Add(new ComparisonRow(
                contest.Group, contest.Shape, threads, "none installed", oursNs, null, null, gflops, fraction, null,
                ours.AllocatedBytes, ours.Collections, 0, null, null, null, null));
        }

        return rows;

        ComparisonRow Row(Rival rival, double peerNs, double peerSpread, double? difference)
        {
            var ratio = peerNs / oursNs;
            var differs = difference > rival.Tolerance;
            return new ComparisonRow(
                contest.Group, contest.Shape, threads, rival.Name, oursNs, peerNs, ratio, gflops, fraction, difference,
                ours.AllocatedBytes, ours.Collections, rival.Threads, rival.Version,
                rival.Goal?.ToString(), differs ? false : rival.Goal?.IsMet(ratio, fraction),
                differs ? DifferNote : Note(rival, peerSpread));
        }

        string? Note(Rival rival, double peerSpread) => ours.Spread() <= Steady && peerSpread <= Steady ? rival.Note
            : string.Create(CultureInfo.InvariantCulture,
                $"{(rival.Note is null ? "" : rival.Note + "; ")}unsteady: slowest round over fastest {ours.Spread():0.0} : "
                    + $"{peerSpread:0.0}");
    }
}
