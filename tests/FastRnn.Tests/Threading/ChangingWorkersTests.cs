using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Threading;
using FastRnn.Training;

namespace FastRnn.Tests.Threading;

/// <summary>Passes of one object that are worth different numbers of workers, one after the other: what a pass before had arranged for its
/// workers must not be left. Everywhere else in the tests one multiply-add is worth a worker, and the number never changes.</summary>
[Collection(nameof(ChangingWorkersTests))]
[CollectionDefinition(nameof(ChangingWorkersTests), DisableParallelization = true)]
public sealed class ChangingWorkersTests : IDisposable
{
    private const int Batch = 6, MostSteps = 40;

    // Steps of all sequences; at 200,000 multiply-adds a worker the long ones are worth two and the short ones one.
    private static readonly int[] Lengths = [40, 2, 40, 1, 1, 40];
    private readonly long least = WorkCost.Least;

    public void Dispose() => WorkCost.Least = least;

    [Fact]
    public void A_pooled_model_predicts_the_same()
    {
        WorkCost.Least = 200_000;
        using var model = new MeanOfAll(seed: 3);
        using var predictor = new Predictor<MeanOfAll>(model, Options(2));
        foreach (var steps in Lengths)
        {
            var x = Numbers(steps * Batch * 3, steps);
            var (got, expected) = (new float[Batch * 2], new float[Batch * 2]);
            predictor.Run(x, got);
            using var alone = new Predictor<MeanOfAll>(model, Options(1));
            alone.Run(x, expected);
            Assert.Equal(expected, got);
        }
    }

    [Fact]
    public void An_encoder_of_other_lengths_predicts_the_same()
    {
        WorkCost.Least = 200_000;
        using var model = new BridgedTranslator(seed: 3);
        using var predictor = new Predictor<BridgedTranslator>(model, Options(2));
        foreach (var steps in Lengths)
        {
            var x = Numbers(steps * Batch * 3, steps);
            var tokens = new int[3 * Batch];
            var (got, expected) = (new float[3 * Batch * 5], new float[3 * Batch * 5]);
            predictor.Run(new SequenceBatch { SourceX = x, Tokens = tokens, SourceLengths = Same(steps), Lengths = Same(3) }, got);
            using var alone = new Predictor<BridgedTranslator>(model, Options(1));
            alone.Run(new SequenceBatch { SourceX = x, Tokens = tokens, SourceLengths = Same(steps), Lengths = Same(3) }, expected);
            Assert.Equal(expected, got);
        }
    }

    [Fact]
    public void A_pooled_model_learns_the_same()
    {
        WorkCost.Least = 600_000;
        Assert.Equal(Learned(1), Learned(2));

        static float[] Learned(int threads)
        {
            using var model = new MeanOfAll(seed: 3);
            using var trainer = new Trainer<MeanOfAll>(model, new TrainerOptions
            {
                BatchSize = Batch,
                SequenceLength = MostSteps,
                Threads = threads,
                Optimizer = new Sgd(0.1f),
            });
            foreach (var steps in Lengths)
            {
                trainer.Step(new SequenceBatch
                {
                    X = Numbers(steps * Batch * 3, steps),
                    Lengths = Same(steps),
                    Targets = Numbers(Batch * 2, 9),
                });
            }

            return model.Parameters.ToArray();
        }
    }

    private static RunOptions Options(int threads) => new()
    {
        BatchSize = Batch,
        SequenceLength = MostSteps,
        SourceLength = MostSteps,
        Threads = threads,
    };

    private static int[] Same(int steps) => [.. Enumerable.Repeat(steps, Batch)];

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }
}
