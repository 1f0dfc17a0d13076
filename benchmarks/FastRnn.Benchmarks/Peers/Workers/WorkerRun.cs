using System.Runtime.InteropServices;

namespace FastRnn.Benchmarks.Peers.Workers;

/// <summary>A workload in a worker of its own. The clock runs there.</summary>
internal sealed class WorkerRun : IPeerRun
{
    private readonly Workload workload;
    private readonly PeerWorker worker;
    private readonly PeerHome home;
    private readonly DirectoryInfo folder;

    /// <summary>Starts a worker and hands it a workload.</summary>
    /// <param name="home">Where it runs.</param>
    /// <param name="start">Starts it.</param>
    /// <param name="workload">The workload.</param>
    /// <param name="input">Weights and inputs.</param>
    /// <exception cref="PeerException">The peer refused.</exception>
    public WorkerRun(PeerHome home, Func<PeerWorker> start, Workload workload, PeerInput input)
    {
        PeerShapes.Check(workload, input);
        this.workload = workload;
        this.home = home;
        folder = home.CreateExchange();
        try
        {
            var file = Path.Combine(folder.FullName, "input");
            Write(file, input);
            worker = start();
            worker.Ask(WorkerRequest.Create(workload, home.Inside(file)));
        }
        catch (PeerException)
        {
            Dispose();
            throw;
        }
    }

    public double Measure(int iterations)
    {
        var nanoseconds = worker.Ask(new WorkerRequest("measure") { Iterations = iterations }).Ns!.Value;
        SpinningThreads.WaitUntilQuiet(workload, SpinningThreads.OpenMpMilliseconds);
        return nanoseconds;
    }

    /// <summary>The most memory that the worker ever had resident, KiB. Only PyTorch's tells it.</summary>
    public long PeakKilobytes() => worker.Ask(new WorkerRequest("memory")).Kilobytes!.Value;

    /// <remarks>Of a whole training step there is only the loss.</remarks>
    public PeerOutput Read()
    {
        var file = Path.Combine(folder.FullName, "output");
        var counts = worker.Ask(new WorkerRequest("read") { File = home.Inside(file) }).Counts!;
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

    /// <summary>Writes weights and inputs as a worker reads them, one after the other.</summary>
    public static void Write(string path, PeerInput input)
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
