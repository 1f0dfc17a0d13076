using FastRnn.Benchmarks.Peers.Workers;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;

namespace FastRnn.TorchSharpPeer;

/// <summary>Embedding, layers, dense, mean cross-entropy, clipping at 5, Adam at 2e-3, on the same tokens again and again. The result is
/// the loss.</summary>
internal sealed class StepWork : IWork
{
    private readonly Embedding embedding;
    private readonly Layers layers;
    private readonly Linear dense;
    private readonly Parameter[] parameters;
    private readonly optim.Optimizer optimizer;
    private readonly Tensor tokens;
    private readonly Tensor targets;
    private float loss;

    public StepWork(WorkerRequest request, Numbers numbers)
    {
        var vocabulary = request.Vocabulary!.Value;
        embedding = nn.Embedding(vocabulary, request.Input!.Value);
        layers = new Layers(request, numbers);
        dense = nn.Linear(request.Hidden!.Value, vocabulary);
        parameters = [.. embedding.parameters(), .. layers.Module.parameters(), .. dense.parameters()];
        optimizer = optim.Adam(parameters, lr: 2e-3);
        using (no_grad())
        {
            foreach (var parameter in (Tensor[])[embedding.weight!, dense.weight!, dense.bias!])
            {
                parameter.copy_(numbers.Take(parameter.shape));
            }
        }

        tokens = numbers.TakeWhole(request.Steps!.Value, request.Batch!.Value);
        targets = numbers.TakeWhole(request.Steps!.Value, request.Batch!.Value).reshape(-1);
    }

    public void Run(int iterations)
    {
        for (var i = 0; i < iterations; i++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var logits = dense.call(layers.Forward(embedding.call(tokens)));
            var mean = nn.functional.cross_entropy(logits.reshape(-1, logits.shape[2]), targets);
            mean.backward();
            nn.utils.clip_grad_norm_(parameters, 5.0);
            optimizer.step();
            loss = mean.item<float>();
        }
    }

    public float[] Result() => [loss];
}
