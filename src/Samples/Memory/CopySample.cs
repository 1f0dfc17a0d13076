using System.Numerics.Tensors;

using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Parameters;
using FastRnn.Samples.Common;
using FastRnn.Training;

namespace FastRnn.Samples.Memory;

/// <summary>Which cell can repeat a message that it read long ago?</summary>
internal sealed class CopySample : LagSample
{
    public override string Name => "copy";

    public override string Summary => "a message is repeated after a pause: Elman, IRNN, GRU and LSTM against the lag";

    protected override int LeastLag => 1;

    protected override string Measure => $"share of the message's symbols that come back (by guessing: {1.0 / CopyTask.Symbols:f4})";

    protected override IReadOnlyList<int> Lags(bool quick) => quick ? [10] : [10, 20, 50];

    protected override double Learn(SampleRun run, string cell, int lag, double share) => cell switch
    {
        "Elman" => Learn(run, new ElmanCopies(run.Seed), 1e-3, cell, lag, share),
        "IRNN" => Learn(run, new IrnnCopies(run.Seed), 1e-3, cell, lag, share),
        "GRU" => Learn(run, new GruCopies(run.Seed), 1e-2, cell, lag, share),
        _ => Learn(run, new LstmCopies(run.Seed), 1e-2, cell, lag, share),
    };

    protected override void Judge(SampleRun run, string name, string cell, int lag, double value)
    {
        switch (cell)
        {
            case "GRU" or "LSTM" when lag == run.Pick(full: 20, quick: 10):
                run.AtLeast(name, value, full: 0.8, quick: 0.8, "p1");
                break;
            case "Elman" when lag == run.Pick(full: 20, quick: 10):
                run.AtMost(name, value, full: 0.5, quick: 0.5, "p1");
                break;
            default:
                run.Tell(name, value, "p1");
                break;
        }
    }

    private static double Learn<TModel>(SampleRun run, TModel model, double rate, string cell, int lag, double share)
        where TModel : class, IModel<TModel>
    {
        var (random, steps) = (new RandomSource(run.Seed), CopyTask.Steps(lag));
        var (tokens, targets) = (new int[steps * BatchSize], new int[steps * BatchSize]);
        using (var trainer = new Trainer<TModel>(model, new() { BatchSize = BatchSize, SequenceLength = steps, ClipNorm = 1 }))
        {
            var recently = 1.0;
            run.Train(trainer, new MadeBatches(BatchSize, Draw), new(
                Full: 8000, Quick: 3000, Peak: rate, Last: rate / 100, "loss in parts of the loss without memory")
            {
                Phase = $"{cell} at lag {lag}",
                Share = share,
                Tell = loss => recently += (loss / CopyTask.LossWithoutMemory(lag) - recently) / 50,
                IsEnough = told => told < 0.02,
            });
        }

        SequenceBatch Draw(int number)
        {
            CopyTask.Fill(random, lag, BatchSize, tokens, targets);
            return new() { Tokens = tokens, TargetTokens = targets };
        }

        using var predictor = new Predictor<TModel>(model, new() { BatchSize = BatchSize, SequenceLength = steps });
        random = new RandomSource(-1 - run.Seed);
        var logits = new float[steps * BatchSize * CopyTask.Vocabulary];
        int right = 0, count = 0;
        for (var i = 0; i < 32; i++)
        {
            CopyTask.Fill(random, lag, BatchSize, tokens, targets);
            predictor.Run(new SequenceBatch { Tokens = tokens }, logits);
            for (var at = (steps - CopyTask.Length) * BatchSize; at < steps * BatchSize; at++, count++)
            {
                right += TensorPrimitives.IndexOfMax(logits.AsSpan(at * CopyTask.Vocabulary, CopyTask.Vocabulary)) == targets[at] ? 1 : 0;
            }
        }

        return (double)right / count;
    }
}
