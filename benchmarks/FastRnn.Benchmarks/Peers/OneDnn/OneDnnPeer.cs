namespace FastRnn.Benchmarks.Peers.OneDnn;

/// <summary>Intel's recurrent primitives: inference in float and bfloat16, forward and backward in float.</summary>
internal sealed class OneDnnPeer : IPeer
{
    private readonly Found<OneDnnLibrary> library = new(() => new OneDnnLibrary());
    private readonly Lazy<bool> hasBFloat16;

    public OneDnnPeer() => hasBFloat16 = new Lazy<bool>(TryBFloat16);

    public string Name => "oneDNN";

    public string? Version => library.Value?.Version;

    public string InstallHint => $"{library.Reason ?? "installed"}; {PeerFolder.Install} (Debian: libdnnl-dev, g++)";

    public bool Supports(Workload workload) => library.Value is not null && workload.Kind switch
    {
        WorkKind.Inference => !workload.BFloat16 || hasBFloat16.Value,
        WorkKind.Training => !workload.BFloat16,
        _ => false,
    };

    public IPeerRun Create(Workload workload, PeerInput input) => new OneDnnRun(library.Required, workload, input);

    /// <summary>oneDNN makes no primitive in bfloat16 on a processor without the instructions.</summary>
    private bool TryBFloat16()
    {
        var workload = new Workload(CellKind.Lstm, 16, 16, 1, 1, 1, WorkKind.Inference, 1, BFloat16: true);
        try
        {
            using var run = Create(workload, new PeerInput([PeerShapes.ZerosOf(workload, 0)], new float[16], null));
            run.Measure(1);
            return true;
        }
        catch (PeerException)
        {
            return false;
        }
    }
}
