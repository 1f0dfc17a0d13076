namespace FastRnn.Benchmarks.Comparison;

/// <summary>One line of the table and one object of the JSON array.</summary>
/// <param name="Group">training, batched, streaming or learning.</param>
/// <param name="Shape">What was computed.</param>
/// <param name="Threads">Of ours.</param>
/// <param name="Peer">With whom ours is compared.</param>
/// <param name="OursNs">Median of the rounds: a pass (training, batched), a step of the stream (streaming), a training step (whole step,
/// learning).</param>
/// <param name="PeerNs">The same of the peer; null if no peer is installed.</param>
/// <param name="Ratio">PeerNs / OursNs: above 1 we are ahead.</param>
/// <param name="Gflops">Ours, counting multiply-adds of matrices alone.</param>
/// <param name="FractionOfPeak">Of the FMA peak of as many cores as ours has threads, measured in this run.</param>
/// <param name="MaxDifference">The largest difference between both sides' results, over the largest magnitude of the tensor in which it
/// occurs; null if nothing can be compared.</param>
/// <param name="AllocatedBytes">Managed bytes allocated during all timed rounds of ours.</param>
/// <param name="Collections">Garbage collections during them.</param>
/// <param name="PeerThreads">Of the peer, whose best number it may be.</param>
/// <param name="PeerVersion">As the peer says.</param>
/// <param name="Goal">What the row must reach; null if it is only shown.</param>
/// <param name="GoalMet">Whether it does.</param>
/// <param name="Note">What a reader must know.</param>
internal sealed record ComparisonRow(
    string Group,
    string Shape,
    int Threads,
    string Peer,
    double OursNs,
    double? PeerNs,
    double? Ratio,
    double Gflops,
    double FractionOfPeak,
    double? MaxDifference,
    long AllocatedBytes,
    int Collections,
    int PeerThreads,
    string? PeerVersion,
    string? Goal,
    bool? GoalMet,
    string? Note);
