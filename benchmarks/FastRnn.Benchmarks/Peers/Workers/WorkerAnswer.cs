namespace FastRnn.Benchmarks.Peers.Workers;

/// <summary>A line from the worker.</summary>
/// <param name="Error">What went wrong; null if nothing.</param>
/// <param name="Version">Of the peer: in the first line.</param>
/// <param name="Blas">The files of the BLAS that PyTorch multiplies with: in the first line.</param>
/// <param name="Ns">Nanoseconds of a measurement.</param>
/// <param name="Counts">Lengths of the tensors in the file that was asked for.</param>
/// <param name="Kilobytes">The most memory that the worker ever had resident, KiB.</param>
internal sealed record WorkerAnswer(
    string? Error, string? Version, IReadOnlyList<string>? Blas, double? Ns, IReadOnlyList<int>? Counts, long? Kilobytes = null);
