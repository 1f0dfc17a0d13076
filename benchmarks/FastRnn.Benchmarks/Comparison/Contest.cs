using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>One workload, ours, and all who compute it, too: they take turns.</summary>
/// <param name="Group">training, batched, streaming or learning.</param>
/// <param name="Shape">In the table.</param>
/// <param name="Workload">Of ours.</param>
/// <param name="Create">Prepares ours.</param>
/// <param name="Rivals">The others.</param>
internal sealed record Contest(string Group, string Shape, Workload Workload, Func<IPeerRun> Create, IReadOnlyList<Rival> Rivals)
{
    /// <summary>By how much the time of an iteration is divided: a stream's is that of a step.</summary>
    public int Units => Workload.Streams ? Workload.Steps : 1;
}
