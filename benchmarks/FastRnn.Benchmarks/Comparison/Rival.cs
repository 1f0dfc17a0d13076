using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>The other side of a comparison.</summary>
/// <param name="Name">In the table.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Goal">What ours must reach against it; null if it is only shown.</param>
internal sealed record Rival(string Name, int Threads, Goal? Goal)
{
    /// <summary>As the peer says.</summary>
    public string? Version { get; init; }

    /// <summary>What a reader must know.</summary>
    public string? Note { get; init; }

    /// <summary>Prepares its run; null if its figure is known and not measured.</summary>
    public Func<IPeerRun>? Create { get; init; }

    /// <summary>Nanoseconds that are not measured by running the peer here.</summary>
    public double KnownNs { get; init; }

    /// <summary>The largest difference at which both still compute the same; a side with weights in bfloat16 needs more.</summary>
    public double Tolerance { get; init; } = Difference.Tolerance;
}
