using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.Benchmarks.Peers.OneDnn;

/// <summary>The functions of <c>onednn.cpp</c>.</summary>
internal sealed unsafe class OneDnnLibrary
{
    public readonly delegate* unmanaged<OneDnnSpec*, float**, float*, float*, nint> Create;
    public readonly delegate* unmanaged<nint, int, double> Measure;
    public readonly delegate* unmanaged<nint, float*, float*, int> ReadOutputs;
    public readonly delegate* unmanaged<nint, int, float*, float*, float*, float*, int> ReadGradients;
    public readonly delegate* unmanaged<nint, void> Destroy;
    private readonly delegate* unmanaged<byte*> error;

    /// <summary>Loads the library that <c>install.sh</c> built.</summary>
    /// <exception cref="PeerException">It is not there, or is another version's.</exception>
    public OneDnnLibrary()
    {
        var library = new PeerLibrary(PeerFolder.Of("libfastrnn_onednn.so"));
        Create = (delegate* unmanaged<OneDnnSpec*, float**, float*, float*, nint>)library.Function("fastrnn_onednn_create");
        Measure = (delegate* unmanaged<nint, int, double>)library.Function("fastrnn_onednn_measure");
        ReadOutputs = (delegate* unmanaged<nint, float*, float*, int>)library.Function("fastrnn_onednn_read_outputs");
        ReadGradients =
            (delegate* unmanaged<nint, int, float*, float*, float*, float*, int>)library.Function("fastrnn_onednn_read_gradients");
        Destroy = (delegate* unmanaged<nint, void>)library.Function("fastrnn_onednn_destroy");
        error = (delegate* unmanaged<byte*>)library.Function("fastrnn_onednn_error");
        if (!Avx512F.IsSupported && Avx2.IsSupported)
        {
            // DOTNET_EnableAVX512=0 makes FastRnn the library of a lesser processor: then oneDNN is as well.
            ((delegate* unmanaged<void>)library.Function("fastrnn_onednn_without_avx512"))();
        }

        Version = Marshal.PtrToStringUTF8((nint)((delegate* unmanaged<byte*>)library.Function("fastrnn_onednn_version"))())!;
    }

    /// <summary>Of oneDNN itself.</summary>
    public string Version { get; }

    /// <summary>What oneDNN said when the last call failed.</summary>
    public PeerException Failure(string what) => new($"oneDNN {Version}, {what}: {Marshal.PtrToStringUTF8((nint)error())}");
}
