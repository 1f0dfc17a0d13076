using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Peers.PyTorch;

/// <summary>A workload in a worker of its own. The clock runs there.</summary>
internal sealed class PyTorchRun : IPeerRun
{
    private readonly Workload workload;
    private readonly PyTorchWorker worker;
    private readonly DirectoryInfo folder;

    public PyTorchRun(Workload workload, PeerInput input)
    {
        PeerShapes.Check(workload, input);
        this.workload = workload;
        folder = Directory.CreateTempSubdirectory("fastrnn-peer-");
        try
        {
            var file = Path.Combine(folder.FullName, "input");
            Write(file, input);
            worker = new PyTorchWorker();
            worker.Ask(PyTorchRequest.Create(workload, file));
        }
        catch (PeerException)
        {
            Dispose();
            throw;
        }
    }

    public double Measure(int iterations)
    {
        var nanoseconds = worker.Ask(new PyTorchRequest("measure") { Iterations = iterations }).Ns!.Value;
        SpinningThreads.WaitUntilQuiet(workload, SpinningThreads.OpenMpMilliseconds);
        return nanoseconds;
    }

    /// <remarks>Of a whole training step there is only the loss.</remarks>
    public PeerOutput Read()
    {
        var file = Path.Combine(folder.FullName, "output");
        var counts = worker.Ask(new PyTorchRequest("read") { File = file }).Counts!;
        var numbers = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(file)).ToArray();
        var offset = 0;
        var tensors = new Queue<float[]>(counts.Select(count => numbers[offset..(offset += count)]));
        var y = tensors.Dequeue();
        return workload.Kind == WorkKind.Training
            ? new PeerOutput(y, tensors.Dequeue(), [.. Enumerable.Range(0, workload.Layers).Select(_ => TakeLayer(tensors))])
            : new PeerOutput(y, null, null);
    }

    public void Dispose()
    {
        worker?.Dispose();
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
        }
    }

    private static LayerWeights TakeLayer(Queue<float[]> tensors) =>
        new(tensors.Dequeue(), tensors.Dequeue(), tensors.Dequeue(), tensors.Dequeue());

    private static void Write(string path, PeerInput input)
    {
        using var stream = File.Create(path);
        foreach (var layer in input.Weights)
        {
            stream.Write(MemoryMarshal.AsBytes(layer.WeightIh.AsSpan()));
            stream.Write(MemoryMarshal.AsBytes(layer.WeightHh.AsSpan()));
            stream.Write(MemoryMarshal.AsBytes(layer.BiasIh.AsSpan()));
            stream.Write(MemoryMarshal.AsBytes(layer.BiasHh.AsSpan()));
        }

        stream.Write(MemoryMarshal.AsBytes(input.X.AsSpan()));
        stream.Write(MemoryMarshal.AsBytes(input.DY.AsSpan()));
    }
}
