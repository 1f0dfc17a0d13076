using System.Diagnostics;

using FastRnn.Benchmarks.Peers;
using FastRnn.Models;
using FastRnn.Training;

namespace FastRnn.Benchmarks.Models;

/// <summary>Our whole training step, through the public trainer: forward, loss, backward, clipping and Adam. An iteration is a step.</summary>
internal sealed class TrainerRun<TModel> : IPeerRun
    where TModel : Model<TModel>, IModel<TModel>
{
    private const int Seed = 7;
    private readonly Trainer<TModel> trainer;
    private readonly int[] tokens;
    private readonly int[] targets;
    private double loss;

    public TrainerRun(TModel model, Workload workload)
    {
        trainer = new Trainer<TModel>(model, new TrainerOptions
        {
            BatchSize = workload.Batch,
            SequenceLength = workload.Steps,
            Optimizer = new Adam(2e-3f),
            ClipNorm = 5,
            Threads = workload.Threads,
        });
        tokens = Tokens(workload, Seed);
        targets = Tokens(workload, Seed + 1);
    }

    public double Measure(int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            loss = trainer.Step(tokens, targets).LossPerPosition;
        }

        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
    }

    /// <summary>The mean loss of the last step: with weights and tokens of its own, each side can only be asked whether it learns.</summary>
    public PeerOutput Read() => new([(float)loss], null, null);

    public void Dispose() => trainer.Dispose();

    private static int[] Tokens(Workload workload, int seed)
    {
        var random = new RandomSource(seed);
        var values = new int[workload.Batch * workload.Steps];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (int)(random.NextDouble() * workload.Vocabulary);
        }

        return values;
    }
}
