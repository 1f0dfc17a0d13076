namespace FastRnn.Benchmarks.Peers.OneDnn;

/// <summary>A workload that oneDNN has prepared.</summary>
internal sealed unsafe class OneDnnRun : IPeerRun
{
    private readonly OneDnnLibrary library;
    private readonly Workload workload;
    private nint handle;

    public OneDnnRun(OneDnnLibrary library, Workload workload, PeerInput input)
    {
        PeerShapes.Check(workload, input);
        this.library = library;
        this.workload = workload;
        using var pins = new Pins();
        var weights = stackalloc float*[4 * workload.Layers];
        for (var layer = 0; layer < workload.Layers; layer++)
        {
            weights[4 * layer] = pins.Of(input.Weights[layer].WeightIh);
            weights[4 * layer + 1] = pins.Of(input.Weights[layer].WeightHh);
            weights[4 * layer + 2] = pins.Of(input.Weights[layer].BiasIh);
            weights[4 * layer + 3] = pins.Of(input.Weights[layer].BiasHh);
        }

        var spec = new OneDnnSpec(workload);
        handle = library.Create(&spec, weights, pins.Of(input.X), pins.Of(input.DY));
        if (handle == 0)
        {
            throw library.Failure($"{workload}");
        }
    }

    public double Measure(int iterations)
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        var nanoseconds = library.Measure(handle, iterations);
        SpinningThreads.WaitUntilQuiet(workload, SpinningThreads.OpenMpMilliseconds);
        return nanoseconds >= 0 ? nanoseconds : throw library.Failure($"running {workload}");
    }

    public PeerOutput Read()
    {
        ObjectDisposedException.ThrowIf(handle == 0, this);
        var training = workload.Kind == WorkKind.Training;
        var y = new float[PeerShapes.OutputLength(workload)];
        var dX = training ? new float[workload.Steps * workload.Batch * workload.InputSize] : null;
        using var pins = new Pins();
        if (library.ReadOutputs(handle, pins.Of(y), pins.Of(dX)) == 0)
        {
            throw library.Failure("reading outputs");
        }

        return new PeerOutput(y, dX, training ? [.. Enumerable.Range(0, workload.Layers).Select(ReadGradients)] : null);
    }

    public void Dispose()
    {
        if (handle != 0)
        {
            library.Destroy(handle);
            handle = 0;
        }
    }

    private LayerWeights ReadGradients(int layer)
    {
        var gradients = PeerShapes.ZerosOf(workload, layer);
        using var pins = new Pins();
        return library.ReadGradients(
            handle, layer, pins.Of(gradients.WeightIh), pins.Of(gradients.WeightHh), pins.Of(gradients.BiasIh),
            pins.Of(gradients.BiasHh)) != 0
            ? gradients
            : throw library.Failure($"reading gradients of layer {layer}");
    }
}
