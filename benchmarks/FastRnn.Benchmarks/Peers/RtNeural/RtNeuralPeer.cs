namespace FastRnn.Benchmarks.Peers.RtNeural;

/// <summary>The fastest for tiny streaming models: one layer, one stream, sizes at compile time.</summary>
internal sealed class RtNeuralPeer : IPeer
{
    private readonly Found<RtNeuralLibrary> library = new(() => new RtNeuralLibrary());

    public string Name => "RTNeural";

    public string? Version => library.Value?.Version;

    public string InstallHint =>
        $"{library.Reason ?? "installed"}; it is in no registry: clone jatinchowdhury18/RTNeural, "
            + $"set RTNEURAL_INCLUDE to the clone and {PeerFolder.Install}";

    public bool Supports(Workload workload) =>
        workload is { Streams: true, Layers: 1, Threads: 1, BFloat16: false } && library.Value is { } found && found.Has(workload);

    public IPeerRun Create(Workload workload, PeerInput input) => new RtNeuralRun(library.Required, workload, input);
}
