using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>Which candidate of a rival takes part: versions and numbers of threads are tried on the work itself, in turns.</summary>
/// <param name="refuse">Is told of a candidate that does not do what is asked, and what it said.</param>
internal sealed class Qualifying(Action<Rival, PeerException> refuse)
{
    private const int Turns = 5;
    private const double TurnNs = 10e6;
    private const int MostIterations = 10_000_000;

    /// <summary>The fastest candidate, by the least of its turns; null if none does the work.</summary>
    /// <param name="rival">The rival; it has candidates.</param>
    public Entrant? Find(Rival rival)
    {
        var entrants = new List<Entrant>();
        try
        {
            foreach (var candidate in rival.Candidates)
            {
                Try(rival, () => entrants.Add(new Entrant(rival, candidate, new Side(candidate.Create()))));
            }

            var best = entrants.Count > 1 ? Fastest(rival, entrants) : entrants.SingleOrDefault();
            entrants.Where(entrant => entrant != best).ToList().ForEach(entrant => entrant.Dispose());
            return best;
        }
        catch
        {
            entrants.ForEach(entrant => entrant.Dispose());
            throw;
        }
    }

    private Entrant? Fastest(Rival rival, List<Entrant> entrants)
    {
        var trials = entrants.ConvertAll(entrant => new Trial(entrant.Side.Run));
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var trial in trials.Where(trial => trial.Runs))
            {
                trial.Runs = Try(rival, trial.Turn);
            }
        }

        var best = trials.Where(trial => trial.Runs).MinBy(trial => trial.Least);
        return best is null ? null : entrants[trials.IndexOf(best)];
    }

    private bool Try(Rival rival, Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (PeerException e)
        {
            refuse(rival, e);
            return false;
        }
    }

    /// <summary>A candidate's turns. The first ones find how many iterations fill one.</summary>
    private sealed class Trial(IPeerRun run)
    {
        private int iterations = 1;

        public bool Runs { get; set; } = true;

        public double Least { get; private set; } = double.PositiveInfinity;

        public void Turn()
        {
            var ns = run.Measure(iterations);
            while (ns < TurnNs / 2 && iterations < MostIterations)
            {
                iterations = (int)Math.Min(iterations * Math.Clamp(TurnNs / Math.Max(ns, 1), 2, 100), MostIterations);
                ns = run.Measure(iterations);
            }

            Least = Math.Min(Least, ns / iterations);
        }
    }
}
