namespace FastRnn.Benchmarks.Machine;

/// <summary>What this machine can do, measured in this run: the roofs under which everything else stands.</summary>
/// <param name="Cpu">The processor.</param>
/// <param name="Caches">Sizes in bytes.</param>
/// <param name="Processors">How many this process may use.</param>
/// <param name="VectorBits">The width of the kernels' vectors.</param>
/// <param name="PeakGflops">Of fused multiply-adds: entry n - 1 is n cores at the same time, together.</param>
/// <param name="L1">Reads of one core, GB/s.</param>
/// <param name="L2">Reads of one core, GB/s.</param>
/// <param name="L3">Reads of one core, GB/s.</param>
/// <param name="Memory">Reads of one core, GB/s.</param>
/// <param name="Distance">Between two cores; null where there is one.</param>
/// <param name="Warnings">Why the figures of this run may be wrong.</param>
internal sealed record MachineProbe(
    CpuInfo Cpu,
    CacheSizes Caches,
    int Processors,
    int VectorBits,
    IReadOnlyList<double> PeakGflops,
    double L1,
    double L2,
    double L3,
    double Memory,
    CoreDistance? Distance,
    IReadOnlyList<string> Warnings)
{
    /// <summary>GFLOP/s of some cores.</summary>
    public double Peak(int threads) => threads <= PeakGflops.Count ? PeakGflops[threads - 1] : PeakGflops[0] * threads;
}
