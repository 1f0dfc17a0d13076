using Microsoft.ML.OnnxRuntime;

namespace FastRnn.Benchmarks.Peers.OnnxRuntime;

/// <summary>What a .NET user would deploy: inference in float, LSTM in int8 too.</summary>
internal sealed class OrtPeer : IPeer
{
    private readonly Found<string> version = new(() =>
    {
        try
        {
            return OrtEnv.Instance().GetVersionString();
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            throw new PeerException($"its package has no library for this system: {e.Message}", e);
        }
    });

    public string Name => "ONNX Runtime";

    public string? Version => version.Value;

    public string InstallHint => version.Reason ?? "installed";

    public bool Supports(Workload workload) =>
        version.Value is not null && workload is { Kind: WorkKind.Inference, IsOwnCell: false }
            && (workload.Precision == Precision.Single || workload is { Precision: Precision.Int8, Cell: CellKind.Lstm });

    public IPeerRun Create(Workload workload, PeerInput input)
    {
        try
        {
            return new OrtRun(workload, input);
        }
        catch (OnnxRuntimeException e)
        {
            throw new PeerException($"ONNX Runtime {Version}: {e.Message}", e);
        }
    }
}
