namespace FastRnn.Benchmarks.Peers.RtNeural;

/// <summary>A stream through one layer: a call of RTNeural for each sample of the block.</summary>
internal sealed unsafe class RtNeuralRun : IPeerRun
{
    private readonly RtNeuralLibrary library;
    private readonly Workload workload;
    private nint handle;

    public RtNeuralRun(RtNeuralLibrary library, Workload workload, PeerInput input)
    {
        PeerShapes.Check(workload, input);
        this.library = library;
        this.workload = workload;
        using var pins = new Pins();
        var layer = input.Weights[0];
        var weights = stackalloc[] { pins.Of(layer.WeightIh), pins.Of(layer.WeightHh), pins.Of(layer.BiasIh), pins.Of(layer.BiasHh) };
        handle = library.Create((int)workload.Cell, workload.InputSize, workload.HiddenSize, workload.Steps, weights, pins.Of(input.X));
        if (handle == 0)
        {
            throw new PeerException(
                $"RTNeural: {workload.Cell} {workload.InputSize} -> {workload.HiddenSize} was not compiled; see rtneural.cpp");
        }
    }

    public double Measure(int iterations)
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        return library.Measure(handle, iterations);
    }

    public PeerOutput Read()
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        var y = new float[PeerShapes.OutputLength(workload)];
        using var pins = new Pins();
        library.Read(handle, pins.Of(y));
        return new PeerOutput(y, null, null);
    }

    public void Dispose()
    {
        if (handle != 0)
        {
            library.Destroy(handle);
            handle = 0;
        }
    }
}
