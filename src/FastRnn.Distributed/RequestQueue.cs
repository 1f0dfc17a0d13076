using System.Diagnostics;
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

    /// <summary>What nothing has arrived for yet is done without.</summary>
    public void Cancel(OpenMpi mpi)
    {
        for (var i = 0; i < Count; i++)
        {
            OpenMpi.Check(mpi.Cancel(First + i), "MPI_Cancel");
        }
    }

    /// <summary>Whether all of them come to their end in a while.</summary>
    public bool HaveEnded(OpenMpi mpi, TimeSpan patience)
    {
        for (var begun = Stopwatch.GetTimestamp(); ;)
        {
            int done;
            OpenMpi.Check(mpi.TestAll(Count, First, &done, null), "MPI_Testall");
            if (done != 0)
            {
                Clear();
                return true;
            }

            if (Stopwatch.GetElapsedTime(begun) > patience)
            {
                return false;
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>All are done.</summary>
    public void Clear() => first = end = 0;
}
