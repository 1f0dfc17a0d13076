using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Peers.RtNeural;

/// <summary>The functions of <c>rtneural.cpp</c>.</summary>
internal sealed unsafe class RtNeuralLibrary
{
    public readonly delegate* unmanaged<int, int, int, int, float**, float*, nint> Create;
    public readonly delegate* unmanaged<nint, int, double> Measure;
    public readonly delegate* unmanaged<nint, float*, void> Read;
    public readonly delegate* unmanaged<nint, void> Destroy;
    private readonly delegate* unmanaged<int, int, int, int> has;

    /// <summary>Loads the library that <c>install.sh</c> built.</summary>
    /// <exception cref="PeerException">It is not there, or is another version's.</exception>
    public RtNeuralLibrary()
    {
        var library = new PeerLibrary(PeerFolder.Of("libfastrnn_rtneural.so"));
        Create = (delegate* unmanaged<int, int, int, int, float**, float*, nint>)library.Function("fastrnn_rtneural_create");
        Measure = (delegate* unmanaged<nint, int, double>)library.Function("fastrnn_rtneural_measure");
        Read = (delegate* unmanaged<nint, float*, void>)library.Function("fastrnn_rtneural_read");
        Destroy = (delegate* unmanaged<nint, void>)library.Function("fastrnn_rtneural_destroy");
        has = (delegate* unmanaged<int, int, int, int>)library.Function("fastrnn_rtneural_has");
        Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)library.Function("fastrnn_rtneural_version"))())!;
    }

    /// <summary>Of RTNeural itself.</summary>
    public string Version { get; }

    /// <summary>Whether the size was compiled.</summary>
    public bool Has(Workload workload) => has((int)workload.Cell, workload.InputSize, workload.HiddenSize) != 0;
}
