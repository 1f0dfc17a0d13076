using System.Runtime.InteropServices;

namespace FastRnn.Distributed;

/// <summary>What was asked of MPI and is not done, first in, first out; in memory that does not move, as long as the process.</summary>
internal sealed unsafe class RequestQueue
{
    private nint* requests = (nint*)NativeMemory.Alloc(64, (nuint)sizeof(nint));
    private int room = 64;
    private int first;
    private int end;

    /// <summary>How many there are.</summary>
    public int Count => end - first;

    /// <summary>Where the first one is; the others follow.</summary>
    public nint* First => requests + first;

    /// <summary>Room for one more.</summary>
    public nint* Next()
    {
        if (end == room)
        {
            room *= 2;
            requests = (nint*)NativeMemory.Realloc(requests, (nuint)room * (nuint)sizeof(nint));
        }

        return requests + end++;
    }

    /// <summary>The first one, which is taken out; its place is the caller's until the next call.</summary>
    public nint* Take()
    {
        var taken = requests + first++;
        if (first == end)
        {
            Clear();
        }

        return taken;
    }

    /// <summary>All are done.</summary>
    public void Clear() => first = end = 0;
}
