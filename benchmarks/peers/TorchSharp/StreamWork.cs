using FastRnn.Benchmarks.Peers.Workers;

using static TorchSharp.torch;

namespace FastRnn.TorchSharpPeer;

/// <summary>Forward alone; the state is carried on.</summary>
internal sealed class StreamWork(WorkerRequest request, Numbers numbers) : IWork
{
    private readonly Layers layers = new(request, numbers);
    private readonly Tensor x = numbers.Take(request.Steps!.Value, request.Batch!.Value, request.Input!.Value);
    private Tensor? y;

    public void Run(int iterations)
    {
        layers.Module.eval();
        using var inference = inference_mode();
        for (var i = 0; i < iterations; i++)
        {
            using var scope = NewDisposeScope();
            y?.Dispose();
            y = layers.Forward(x).MoveToOuterDisposeScope();
        }
    }

    public float[] Result() => y!.data<float>().ToArray();
}
