namespace FastRnn.Benchmarks.Peers.OnnxRuntime;

/// <summary>What a .NET user would deploy: inference in float.</summary>
internal sealed class OrtPeer : IPeer
{
    private readonly Found<OrtLibrary> library = new(() => new OrtLibrary());

    public string Name => "ONNX Runtime";

    public string? Version => library.Value?.Version;

    public string InstallHint => $"{library.Reason ?? "installed"}; {PeerFolder.Install} (the npm package onnxruntime-node)";

    public bool Supports(Workload workload) => library.Value is not null && workload is { Kind: WorkKind.Inference, BFloat16: false };

    public IPeerRun Create(Workload workload, PeerInput input) => new OrtRun(library.Required, workload, input);
}
