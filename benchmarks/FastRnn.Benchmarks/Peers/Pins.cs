using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Peers;

/// <summary>Arrays that stay where they are while a native call reads or writes them.</summary>
internal sealed class Pins : IDisposable
{
    private readonly List<GCHandle> handles = [];

    /// <summary>The address of an array's first number; null for null.</summary>
    public unsafe float* Of(float[]? array)
    {
        if (array is null)
        {
            return null;
        }

        var handle = GCHandle.Alloc(array, GCHandleType.Pinned);
        handles.Add(handle);
        return (float*)handle.AddrOfPinnedObject();
    }

    public void Dispose()
    {
        foreach (var handle in handles)
        {
            handle.Free();
        }

        handles.Clear();
    }
}
