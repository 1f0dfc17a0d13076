using System.Globalization;
using System.Runtime.InteropServices;

namespace FastRnn.Distributed;

/// <summary>The few functions of Open MPI's C interface that are used, found when they are first wanted: without the library everything
/// else of a program works. Its handles are addresses of symbols that the library exports.</summary>
/// <remarks>MPI standard 3.1; Open MPI 4 and 5 (<c>libmpi.so.40</c>).</remarks>
internal sealed unsafe class OpenMpi
{
    /// <summary>Calls come from one thread at a time, whichever it is.</summary>
    public const int Serialized = 2;

    private static readonly string[] Names =
        OperatingSystem.IsMacOS() ? ["libmpi.40.dylib", "libmpi.dylib"] : ["libmpi.so.40", "libmpi.so"];

    private readonly nint library;

    private OpenMpi(nint library)
    {
        this.library = library;
        (World, Byte) = (Symbol("ompi_mpi_comm_world"), Symbol("ompi_mpi_byte"));
        Open = (delegate* unmanaged<int*, byte***, int, int*, int>)Symbol("MPI_Init_thread");
        Close = (delegate* unmanaged<int>)Symbol("MPI_Finalize");
        Abort = (delegate* unmanaged<nint, int, int>)Symbol("MPI_Abort");
        Rank = (delegate* unmanaged<nint, int*, int>)Symbol("MPI_Comm_rank");
        Size = (delegate* unmanaged<nint, int*, int>)Symbol("MPI_Comm_size");
        Send = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)Symbol("MPI_Isend");
        WaitAll = (delegate* unmanaged<int, nint*, void*, int>)Symbol("MPI_Waitall");
        Wait = (delegate* unmanaged<nint*, void*, int>)Symbol("MPI_Wait");
        Test = (delegate* unmanaged<nint*, int*, void*, int>)Symbol("MPI_Test");
        TestAll = (delegate* unmanaged<int, nint*, int*, void*, int>)Symbol("MPI_Testall");
        Cancel = (delegate* unmanaged<nint*, int>)Symbol("MPI_Cancel");
        Receive = (delegate* unmanaged<void*, int, nint, int, int, nint, void*, int>)Symbol("MPI_Recv");
        BeginReceive = (delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int>)Symbol("MPI_Irecv");
        Broadcast = (delegate* unmanaged<void*, int, nint, int, nint, int>)Symbol("MPI_Bcast");
        Probe = (delegate* unmanaged<int, int, nint, int*, void*, int>)Symbol("MPI_Iprobe");
    }

    /// <summary><c>MPI_COMM_WORLD</c>.</summary>
    public nint World { get; }

    /// <summary><c>MPI_BYTE</c>.</summary>
    public nint Byte { get; }

    /// <summary><c>MPI_Init_thread(argc, argv, required, provided)</c>.</summary>
    public delegate* unmanaged<int*, byte***, int, int*, int> Open { get; }

    /// <summary><c>MPI_Finalize()</c>.</summary>
    public delegate* unmanaged<int> Close { get; }

    /// <summary><c>MPI_Abort(comm, code)</c>.</summary>
    public delegate* unmanaged<nint, int, int> Abort { get; }

    /// <summary><c>MPI_Comm_rank(comm, rank)</c>.</summary>
    public delegate* unmanaged<nint, int*, int> Rank { get; }

    /// <summary><c>MPI_Comm_size(comm, size)</c>.</summary>
    public delegate* unmanaged<nint, int*, int> Size { get; }

    /// <summary><c>MPI_Isend(buffer, count, type, to, tag, comm, request)</c>.</summary>
    public delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> Send { get; }

    /// <summary><c>MPI_Waitall(count, requests, statuses)</c>; null ignores statuses.</summary>
    public delegate* unmanaged<int, nint*, void*, int> WaitAll { get; }

    /// <summary><c>MPI_Wait(request, status)</c>; null ignores the status.</summary>
    public delegate* unmanaged<nint*, void*, int> Wait { get; }

    /// <summary><c>MPI_Test(request, done, status)</c>; null ignores the status.</summary>
    public delegate* unmanaged<nint*, int*, void*, int> Test { get; }

    /// <summary><c>MPI_Testall(count, requests, done, statuses)</c>; null ignores statuses.</summary>
    public delegate* unmanaged<int, nint*, int*, void*, int> TestAll { get; }

    /// <summary><c>MPI_Cancel(request)</c>: one that nothing has arrived for is done then.</summary>
    public delegate* unmanaged<nint*, int> Cancel { get; }

    /// <summary><c>MPI_Irecv(buffer, count, type, from, tag, comm, request)</c>.</summary>
    public delegate* unmanaged<void*, int, nint, int, int, nint, nint*, int> BeginReceive { get; }

    /// <summary><c>MPI_Recv(buffer, count, type, from, tag, comm, status)</c>; null ignores the status.</summary>
    public delegate* unmanaged<void*, int, nint, int, int, nint, void*, int> Receive { get; }

    /// <summary><c>MPI_Bcast(buffer, count, type, root, comm)</c>.</summary>
    public delegate* unmanaged<void*, int, nint, int, nint, int> Broadcast { get; }

    /// <summary><c>MPI_Iprobe(from, tag, comm, found, status)</c>; null ignores the status.</summary>
    public delegate* unmanaged<int, int, nint, int*, void*, int> Probe { get; }

    /// <summary>Finds the library.</summary>
    /// <exception cref="MpiException">It is not installed, or is another MPI's.</exception>
    public static OpenMpi Load()
    {
        foreach (var name in Names)
        {
            if (NativeLibrary.TryLoad(name, out var library))
            {
                return new OpenMpi(library);
            }
        }

        throw new MpiException(
            $"Open MPI is not installed: expected a library {string.Join(" or ", Names)}, got none. Debian and Ubuntu have it in the "
                + "package openmpi-bin (apt-get install openmpi-bin), Fedora in openmpi, Homebrew in open-mpi.");
    }

    /// <summary>Throws where a function did not succeed.</summary>
    /// <exception cref="MpiException">The code is not that of success.</exception>
    public static void Check(int code, string function)
    {
        if (code != 0)
        {
            throw new MpiException(string.Create(CultureInfo.InvariantCulture, $"{function} failed with error {code}."));
        }
    }

    private nint Symbol(string name) => NativeLibrary.TryGetExport(library, name, out var address)
        ? address
        : throw new MpiException($"The MPI library that was found is not Open MPI: expected a symbol {name}, got none.");
}
