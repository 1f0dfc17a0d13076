namespace FastRnn.Benchmarks.Peers;

/// <summary>A workload that a peer has prepared: weights packed, buffers taken.</summary>
internal interface IPeerRun : IDisposable
{
    /// <summary>Runs the workload a number of times, and returns when the peer's threads are quiet again.</summary>
    /// <returns>Nanoseconds of all of them together, measured as near to the peer as possible. As its threads were asleep before, a short
    /// measurement is fair only after an iteration that is not counted.</returns>
    double Measure(int iterations);

    /// <summary>The results of the last iteration; at least one must have run.</summary>
    PeerOutput Read();
}
