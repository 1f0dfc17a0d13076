using FastRnn.Benchmarks.Peers.Workers;

namespace FastRnn.Benchmarks.Peers.TorchSharp;

/// <summary>What a .NET user trains and streams with: libtorch behind C#. Its native library wants a newer system than Debian 12, so it
/// runs in the folder of today's versions.</summary>
internal sealed class TorchSharpPeer : IPeer
{
    /// <summary>Below the folder: <c>benchmarks/peers/TorchSharp</c>, published with its runtime.</summary>
    public const string Program = "fastrnn/torchsharp/FastRnn.TorchSharpPeer";

    private readonly Found<string> version = new(() =>
    {
        using var worker = Start();
        return worker.Hello.Version!;
    });

    public string Name => "TorchSharp";

    public string? Version => version.Value;

    public string InstallHint => $"{version.Reason ?? "installed"}; {PeerFolder.Install}";

    public bool Supports(Workload workload) =>
        workload is { Precision: Precision.Single, Lengths: null, IsOwnCell: false } && version.Value is not null
            && (workload.Streams || workload is { Kind: WorkKind.WholeTrainingStep, Vocabulary: > 0 });

    public IPeerRun Create(Workload workload, PeerInput input)
    {
        _ = version.Required;
        return new WorkerRun(PeerHome.Sid, Start, workload, input);
    }

    private static PeerWorker Start() => new("TorchSharp", PeerHome.Sid.Program(Program));
}
