using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Peers;

/// <summary>A native library and its functions; what is missing is said.</summary>
internal sealed class PeerLibrary
{
    private readonly string path;
    private readonly nint handle;

    /// <summary>Loads a library.</summary>
    /// <exception cref="PeerException">It is not there, or one of its own libraries is not.</exception>
    public PeerLibrary(string path)
    {
        this.path = path;
        if (!File.Exists(path))
        {
            throw new PeerException($"{path} does not exist");
        }

        try
        {
            handle = NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new PeerException($"{path} could not be loaded: {e.Message.ReplaceLineEndings(" ").Trim()}", e);
        }
    }

    /// <summary>The address of a function.</summary>
    /// <exception cref="PeerException">The library has none of that name: it was built from another version.</exception>
    public nint Function(string name) =>
        NativeLibrary.TryGetExport(handle, name, out var address)
            ? address
            : throw new PeerException($"{path} has no function {name}: it belongs to another version");
}
