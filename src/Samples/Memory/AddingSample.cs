using FastRnn.Data;
using FastRnn.Parameters;
using FastRnn.Samples.Common;
using FastRnn.Training;

namespace FastRnn.Samples.Memory;

/// <summary>Which cell can add two numbers that stand far apart?</summary>
internal sealed class AddingSample : LagSample
{
    private const double Solved = 0.01;

    public override string Name => "adding";

    public override string Summary => "two marked numbers of a long row are added: Elman, IRNN, GRU and LSTM against the lag";

    protected override int LeastLag => 2;

    protected override string Measure => $"mean squared error (without memory: {AddingTask.ErrorWithoutMemory:f4}; solved: below {Solved})";

    protected override IReadOnlyList<int> Lags(bool quick) => quick ? [100] : [50, 100, 200];

    protected override double Learn(SampleRun run, string cell, int lag, double share) => cell switch
    {
        "Elman" => Learn(run, new ElmanAdds(run.Seed), 1e-3, cell, lag, share),
        "IRNN" => Learn(run, new IrnnAdds(run.Seed), 1e-4, cell, lag, share),
        "GRU" => Learn(run, new GruAdds(run.Seed), 1e-2, cell, lag, share),
        _ => Learn(run, new LstmAdds(run.Seed), 1e-2, cell, lag, share),
    };

    protected override void Judge(SampleRun run, string name, string cell, int lag, double value)
    {
        switch (cell)
        {
            case "LSTM" when lag == run.Pick(full: 200, quick: 100):
                run.AtMost(name, value, full: Solved, quick: Solved);
                break;
            case "IRNN" when lag == run.Pick(full: 200, quick: 100):
                run.AtMost(name, value, full: Solved, quick: 0.12);
                break;
            case "Elman" when lag == run.Pick(full: 200, quick: 100):
                // The long lag that a plain network does not bridge in the same number of steps.
                run.AtLeast(name, value, full: 0.1, quick: 0.1);
                break;
            default:
                run.Tell(name, value);
                break;
        }
    }

    private static double Learn<TModel>(SampleRun run, TModel model, double rate, string cell, int lag, double share)
        where TModel : class, IModel<TModel>
    {
        var random = new RandomSource(run.Seed);
        var (x, sums) = (new float[lag * BatchSize * AddingTask.Inputs], new float[BatchSize]);
        using (var trainer = new Trainer<TModel>(model, new() { BatchSize = BatchSize, SequenceLength = lag, ClipNorm = 1 }))
        {
            var recently = AddingTask.ErrorWithoutMemory;
            run.Train(trainer, new MadeBatches(BatchSize, Draw), new(
                Full: 20_000, Quick: 3000, Peak: rate, Last: rate / 100, "mean squared error")
            {
                Phase = $"{cell} at lag {lag}",
                Share = share,
                Tell = loss => recently += (loss - recently) / 50,
                IsEnough = told => told < Solved / 4,
            });
        }

        SequenceBatch Draw(int number)
        {
            AddingTask.Fill(random, lag, BatchSize, x, sums);
            return new() { X = x, Targets = sums };
        }

        using var evaluator = new Evaluator<TModel>(model, new() { BatchSize = BatchSize, SequenceLength = lag });
        random = new RandomSource(-1 - run.Seed);
        const int Batches = 32;
        var error = 0.0;
        for (var i = 0; i < Batches; i++)
        {
            AddingTask.Fill(random, lag, BatchSize, x, sums);
            error += evaluator.Evaluate(new SequenceBatch { X = x, Targets = sums }).PerPosition / Batches;
        }

        return error;
    }
}
