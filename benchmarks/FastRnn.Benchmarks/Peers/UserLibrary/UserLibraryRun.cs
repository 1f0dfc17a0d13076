namespace FastRnn.Benchmarks.Peers.UserLibrary;

/// <summary>A stream of the library.</summary>
internal sealed unsafe class UserLibraryRun : IPeerRun
{
    private readonly UserLibrary library;
    private readonly Workload workload;
    private readonly float[] y;
    private nint handle;

    public UserLibraryRun(UserLibrary library, Workload workload, PeerInput input)
    {
        this.library = library;
        this.workload = workload;
        y = new float[PeerShapes.OutputLength(workload)];
        handle = library.Make(workload, input);
        if (handle == 0)
        {
            throw new PeerException($"{library.Name} has no {workload.Cell} {workload.InputSize} -> {workload.HiddenSize}");
        }
    }

    public double Measure(int iterations)
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        fixed (float* output = y)
        {
            var nanoseconds = library.Run(handle, iterations, output);
            return nanoseconds >= 0 ? nanoseconds : throw new PeerException($"{library.Name} failed at {workload}");
        }
    }

    public PeerOutput Read() => new([.. y], null, null);

    public void Dispose()
    {
        if (handle != 0)
        {
            library.Destroy(handle);
            handle = 0;
        }
    }
}
