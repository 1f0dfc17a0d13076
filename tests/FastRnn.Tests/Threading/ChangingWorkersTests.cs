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

    /// <summary>Units of a step are not worth two workers, and those of a block are.</summary>
    [Theory]
    [InlineData(WeightFormat.Float32)]
    [InlineData(WeightFormat.BFloat16)]
    [InlineData(WeightFormat.Int8)]
    public void A_stream_of_steps_and_blocks_goes_on_the_same(WeightFormat weights)
    {
        WorkCost.Least = WorkCost.OfWorker;
        using var model = new LargeText(seed: 3);
        using var two = new Session<LargeText>(model, new() { Threads = 2, Weights = weights });
        using var one = new Session<LargeText>(model, new() { Threads = 1, Weights = weights });
        var random = new Random(5);
        foreach (var steps in (int[])[1, 1, 8, 1, 1, 40, 5, 1, 1, 1, 8, 8])
        {
            int[] tokens = [.. Enumerable.Range(0, steps).Select(_ => random.Next(96))];
            var (got, expected) = (new float[steps * 96], new float[steps * 96]);
            two.Run(tokens, got);
            one.Run(tokens, expected);
            Assert.Equal(expected, got);
        }
    }

    /// <summary>What the encoder reads is worth two workers, and a step of the decoder is not.</summary>
    [Fact]
    public void A_generator_of_a_wide_model_steps_the_same()
    {
        WorkCost.Least = WorkCost.OfWorker;
        using var model = new WideTranslator(seed: 3);
        using var two = model.CreateGenerator(new() { Threads = 2, SequenceLength = MostSteps });
        using var one = model.CreateGenerator(new() { Threads = 1, SequenceLength = MostSteps });
        foreach (var steps in Lengths)
        {
            var random = new Random(steps);
            int[] source = [.. Enumerable.Range(0, steps).Select(_ => random.Next(12))];
            var (got, expected) = (new float[9], new float[9]);
            two.Start(new SequenceBatch { SourceTokens = source, SourceLengths = [steps] });
            one.Start(new SequenceBatch { SourceTokens = source, SourceLengths = [steps] });
            for (var step = 0; step < 4; step++)
            {
                two.Step([step], got);
                one.Step([step], expected);
                Assert.Equal(expected, got);
            }
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
