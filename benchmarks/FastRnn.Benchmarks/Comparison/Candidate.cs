using FastRnn.Benchmarks.Peers;

namespace FastRnn.Benchmarks.Comparison;

/// <summary>One of the ways in which a peer can do a work: a version of it, a number of threads.</summary>
/// <param name="Version">As the peer says; null for ourselves.</param>
/// <param name="Threads">Its threads.</param>
/// <param name="Create">Prepares its run.</param>
internal sealed record Candidate(string? Version, int Threads, Func<IPeerRun> Create);
