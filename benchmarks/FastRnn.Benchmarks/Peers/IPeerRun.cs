namespace FastRnn.Benchmarks.Peers;

/// <summary>A workload that a peer has prepared: weights packed, buffers taken.</summary>
internal interface IPeerRun : IDisposable
{
    /// <summary>Runs the workload a number of times.</summary>
    /// <returns>Nanoseconds of all of them together, measured as near to the peer as possible.</returns>
    double Measure(int iterations);

    /// <summary>The results of the last iteration; at least one must have run.</summary>
    PeerOutput Read();
}
