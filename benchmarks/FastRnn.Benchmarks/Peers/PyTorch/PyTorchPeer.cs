namespace FastRnn.Benchmarks.Peers.PyTorch;

/// <summary>The reference for results, and what a user would train with.</summary>
internal sealed class PyTorchPeer : IPeer
{
    private readonly Found<string> version = new(() =>
    {
        using var worker = new PyTorchWorker();
        return PyTorchSettings.Describe(worker.Hello);
    });

    public string Name => "PyTorch";

    public string? Version => version.Value;

    public string InstallHint => $"{version.Reason ?? "installed"}; {PeerFolder.Install} (Debian: python3-torch, libopenblas0-openmp)";

    public bool Supports(Workload workload) =>
        !workload.BFloat16 && version.Value is not null
            && (workload.Kind is WorkKind.Inference or WorkKind.Training || workload.Vocabulary > 0);

    public IPeerRun Create(Workload workload, PeerInput input)
    {
        _ = version.Required;
        return new PyTorchRun(workload, input);
    }
}
