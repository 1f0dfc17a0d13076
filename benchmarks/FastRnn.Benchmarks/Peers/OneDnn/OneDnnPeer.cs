using System.Runtime.Intrinsics.X86;

using FastRnn.Benchmarks.Peers.Workers;

namespace FastRnn.Benchmarks.Peers.OneDnn;

/// <summary>Intel's recurrent primitives: inference in float, bfloat16 and (LSTM) int8; forward and backward in
/// float.</summary>
/// <param name="home">Which one.</param>
internal sealed class OneDnnPeer(PeerHome home) : IPeer
{
    private readonly Found<string> version = new(() =>
    {
        using var worker = Start(home);
        return worker.Hello.Version!;
    });

    private readonly Dictionary<Precision, bool> has = [];

    public string Name => "oneDNN";

    public string? Version => version.Value;

    public string InstallHint => $"{version.Reason ?? "installed"}; {PeerFolder.Install}";

    public bool Supports(Workload workload) =>
        version.Value is not null && workload is { Lengths: null, IsOwnCell: false } && workload.Kind switch
        {
            WorkKind.Inference => workload.Precision switch
            {
                Precision.Single => true,
                Precision.Int8 => workload.Cell == CellKind.Lstm && Has(Precision.Int8),
                var precision => Has(precision),
            },
            WorkKind.Training => workload.Precision == Precision.Single,
            _ => false,
        };

    public IPeerRun Create(Workload workload, PeerInput input)
    {
        _ = version.Required;
        return new WorkerRun(home, () => Start(home), workload, input);
    }

    private static PeerWorker Start(PeerHome home)
    {
        var start = home.Python("onednn_peer.py");
        start.Environment["FASTRNN_ONEDNN"] = home.IsFolder ? "/fastrnn/libfastrnn_onednn.so" : PeerFolder.Of("libfastrnn_onednn.so");

        // DOTNET_EnableAVX512=0 makes FastRnn the library of a lesser processor: then oneDNN is as well.
        if (!Avx512F.IsSupported && Avx2.IsSupported)
        {
            start.Environment["ONEDNN_MAX_CPU_ISA"] = "AVX2";
        }

        return new PeerWorker("oneDNN", start);
    }

    /// <summary>oneDNN makes no primitive of a precision on a processor without the instructions.</summary>
    private bool Has(Precision precision)
    {
        if (!has.TryGetValue(precision, out var found))
        {
            var workload = new Workload(CellKind.Lstm, 16, 16, 1, 1, 1, WorkKind.Inference, 1, precision);
            try
            {
                using var run = Create(workload, new PeerInput([PeerShapes.ZerosOf(workload, 0)], new float[16], null));
                run.Measure(1);
                found = true;
            }
            catch (PeerException)
            {
                found = false;
            }

            has[precision] = found;
        }

        return found;
    }
}
