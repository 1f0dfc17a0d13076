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
        var entrants = new List<Entrant>();
        var differences = new Dictionary<Entrant, double>();
        try
        {
            var qualifying = new Qualifying((rival, reason) => Refuse(contest, rival, reason));
            foreach (var rival in contest.Rivals.Where(rival => rival.Candidates.Count > 0))
            {
                interrupt.ThrowIfCancellationRequested();
                if (qualifying.Find(rival) is { } entrant)
                {
                    entrants.Add(entrant);
                }
            }

            Compare(contest, results, entrants, differences);
            Alternate(contest, ours, entrants);
            return Rows(contest, ours, entrants, differences);
        }
        finally
        {
            entrants.ForEach(entrant => entrant.Dispose());
        }
    }

    /// <summary>Qualifying has carried streams on: a fresh run of the same candidate is compared.</summary>
    private void Compare(Contest contest, PeerOutput results, List<Entrant> entrants, Dictionary<Entrant, double> differences) =>
        Each(contest, entrants, entrant =>
        {
            using var fresh = entrant.Candidate.Create();
            differences.Add(entrant, Difference.Of(results, Results(fresh, contest.Workload)));
        });

    private static PeerOutput Results(IPeerRun run, Workload workload)
    {
        for (var call = 0; call < (workload.Streams ? CheckedCalls : 1); call++)
        {
            run.Measure(1);
        }

        return run.Read();
    }

    private void Alternate(Contest contest, Side ours, List<Entrant> entrants)
    {
        ours.Warm(rounds);
        Each(contest, entrants, entrant => entrant.Side.Warm(rounds));
        for (var round = 0; round < rounds.Count; round++)
        {
            interrupt.ThrowIfCancellationRequested();
            ours.Turn();
            Each(contest, entrants, entrant => entrant.Side.Turn());
        }
    }

    /// <summary>A peer that gives up takes no further part.</summary>
    private void Each(Contest contest, List<Entrant> entrants, Action<Entrant> act)
    {
        foreach (var entrant in entrants.ToList())
        {
            interrupt.ThrowIfCancellationRequested();
            try
            {
                act(entrant);
            }
            catch (PeerException e)
            {
                Refuse(contest, entrant.Rival, e);
                entrants.Remove(entrant);
                entrant.Dispose();
            }
        }
    }

    private void Refuse(Contest contest, Rival rival, PeerException reason)
    {
        interrupt.ThrowIfCancellationRequested();
        refusals.Add($"{contest.Shape}: {rival.Name}: {reason.Message}");
    }

    private List<ComparisonRow> Rows(
        Contest contest, Side ours, List<Entrant> entrants, Dictionary<Entrant, double> differences)
    {
        var threads = contest.Workload.Threads;
        var oursNs = ours.Median() / contest.Units;
        var gflops = Flops.Of(contest.Workload) / contest.Units / oursNs;
        var fraction = gflops / machine.Peak(threads);
        var rows = new List<ComparisonRow>();
        foreach (var rival in contest.Rivals)
        {
            if (rival.Candidates.Count == 0)
            {
                rows.Add(Row(rival, null, rival.KnownNs, 1, null));
            }
            else if (entrants.Find(entrant => entrant.Rival == rival) is { } entrant)
            {
                rows.Add(Row(rival, entrant.Candidate, entrant.Side.Median() / contest.Units, entrant.Side.Spread(), differences[entrant]));
            }
        }

        if (rows.Count == 0)
        {
            rows.Add(new ComparisonRow(
                contest.Group, contest.Shape, threads, "none installed", oursNs, null, null, gflops, fraction, null,
                ours.AllocatedBytes, ours.Collections, 0, null, null, null, null));
        }

        return rows;

        ComparisonRow Row(Rival rival, Candidate? candidate, double peerNs, double peerSpread, double? difference)
        {
            var ratio = peerNs / oursNs;
            var differs = difference > rival.Tolerance;
            return new ComparisonRow(
                contest.Group, contest.Shape, threads, rival.Name, oursNs, peerNs, ratio, gflops, fraction, difference,
                ours.AllocatedBytes, ours.Collections, candidate?.Threads ?? 1, candidate?.Version,
                rival.Goal?.ToString(), differs ? false : rival.Goal?.IsMet(ratio, fraction),
                differs ? DifferNote : Note(rival, peerSpread));
        }

        string? Note(Rival rival, double peerSpread) => ours.Spread() <= Steady && peerSpread <= Steady ? rival.Note
            : string.Create(CultureInfo.InvariantCulture,
                $"{(rival.Note is null ? "" : rival.Note + "; ")}unsteady: slowest round over fastest {ours.Spread():0.0} : "
                    + $"{peerSpread:0.0}");
    }
}
