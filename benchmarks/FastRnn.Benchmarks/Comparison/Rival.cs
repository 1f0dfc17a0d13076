using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>The other side of a comparison.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Goal">What ours must reach against it; null if it is only shown.</param>
internal sealed record Rival(string Name, Goal? Goal)
{
    /// <summary>How it can be run: the fastest takes part (<see cref="Qualifying"/>). None: its figure is known and not measured.</summary>
    public IReadOnlyList<Candidate> Candidates { get; init; } = [];

    /// <summary>What a reader must know.</summary>
    public string? Note { get; init; }

    /// <summary>Nanoseconds that are not measured by running the peer here.</summary>
    public double KnownNs { get; init; }

    /// <summary>The largest difference at which both still compute the same; a side with weights in bfloat16 needs more.</summary>
    public double Tolerance { get; init; } = Difference.Tolerance;

    /// <summary>A rival that can be run in one way only.</summary>
    public static Rival Single(string name, int threads, Goal? goal, Func<IPeerRun> create) =>
        new(name, goal) { Candidates = [new Candidate(null, threads, create)] };
}
