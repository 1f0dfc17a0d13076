using FastRnn.Benchmarks.Peers.Workers;

namespace FastRnn.Benchmarks.Peers.PyTorch;

/// <summary>The reference for results, and what a user would train with.</summary>
/// <param name="home">Which one.</param>
/// <param name="keepsPages">Whether its allocator is told to keep freed pages: PyTorch 2.14.1 packs weights into fresh ones at each
/// call.</param>
internal sealed class PyTorchPeer(PeerHome home, bool keepsPages) : IPeer
{
    private readonly Found<string> version = new(() =>
    {
        using var worker = Start(home, keepsPages);
        return PyTorchSettings.Describe(worker.Hello) + (keepsPages ? ", keeps pages" : "");
    });

    public string Name => "PyTorch";

    public string? Version => version.Value;

    public string InstallHint => $"{version.Reason ?? "installed"}; {PeerFolder.Install}";

    public bool Supports(Workload workload) =>
        workload.Precision == Precision.Single && version.Value is not null && (!workload.IsOwnCell || workload.Layers == 1)
            && (workload.Kind is WorkKind.Inference or WorkKind.Training || workload.Vocabulary > 0);

    public IPeerRun Create(Workload workload, PeerInput input)
    {
        _ = version.Required;
        return new WorkerRun(home, () => Start(home, keepsPages), workload, input);
    }

    private static PeerWorker Start(PeerHome home, bool keepsPages)
    {
        var start = home.Python("pytorch_peer.py");
        PyTorchSettings.Apply(start, home, keepsPages);
        return new PeerWorker("PyTorch", start);
    }
}
