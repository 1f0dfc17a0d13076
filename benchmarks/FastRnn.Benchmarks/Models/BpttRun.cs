using System.Diagnostics;

using FastRnn.Benchmarks.Peers;
using FastRnn.Training;

namespace FastRnn.Benchmarks.Models;

/// <summary>Our forward and backward pass of layers alone: dX and the gradients of all weights for given dY.</summary>
internal sealed class BpttRun<TModel> : IPeerRun, ITrainingPasses
    where TModel : class, IModel<TModel>
{
    private readonly Bptt<TModel> bptt;
    private readonly Workload workload;
    private readonly float[] x;
    private readonly float[] y;
    private readonly float[] dY;

    public BpttRun(TModel model, Workload workload, float[] x, float[] dY)
    {
        bptt = new Bptt<TModel>(model, new RunOptions
        {
            BatchSize = workload.Batch,
            SequenceLength = workload.Steps,
            Threads = workload.Threads,
        });
        this.workload = workload;
        this.x = x;
        this.dY = dY;
        y = new float[dY.Length];
    }

    public double Measure(int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            Forward();
            Backward();
        }

        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
    }

    public void Forward() => bptt.Forward(x, y);

    public void Backward()
    {
        bptt.ClearGradients();
        bptt.Backward(dY);
    }

    public PeerOutput Read()
    {
        var dX = new float[x.Length];
        bptt.GetInputGradient(dX);
        var layers = Enumerable.Range(0, workload.Layers);
        return new PeerOutput(y, dX, [.. layers.Select(layer => LayerTensors.Get<TModel>(bptt.Gradients, layer))]);
    }

    public void Dispose() => bptt.Dispose();
}
