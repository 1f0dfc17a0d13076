using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Parameters;
using FastRnn.Samples.Common;
using FastRnn.Training;

namespace FastRnn.Samples.Reversal;

/// <summary>Long sequences are said backwards by two models that differ in one line: attention.</summary>
internal sealed class ReversalSample : ISample
{
    private const int BatchSize = 64;

    public string Name => "reversal";

    public string Summary => "sequences of 40 symbols said backwards, with attention and without";

    public void Run(SampleRun run)
    {
        var (length, symbols) = (run.Pick(full: 40, quick: 20), ReversalTask.Symbols);
        run.Say($"sequences of {length}, each one of {symbols} symbols; both models see the same {BatchSize} new ones in each step");
        var with = Learn<WithAttention>(run, new WithAttention(run.Seed), "with attention", length);
        var without = Learn<WithoutAttention>(run, new WithoutAttention(run.Seed), "without attention", length);

        run.Tell("symbols right with attention", with.Symbols, "p1");
        run.Tell("symbols right without", without.Symbols, "p1");
        run.AtLeast("sequences exactly right with attention", with.Exact, full: 0.95, quick: 0.5, "p1");
        run.Tell("sequences exactly right without", without.Exact, "p1");
        run.AtLeast("symbols that attention wins", with.Symbols - without.Symbols, full: 0.5, quick: 0.3, "p1");
    }

    private static (double Exact, double Symbols) Learn<TModel>(SampleRun run, TModel model, string name, int length)
        where TModel : class, IModel<TModel>
    {
        var (random, batch) = (new RandomSource(run.Seed), new ReversalBatch(length, BatchSize));
        using (var trainer = new Trainer<TModel>(model, new()
        {
            BatchSize = BatchSize,
            SequenceLength = ReversalTask.DecoderSteps(length),
            SourceLength = length,
            ClipNorm = 1,
        }))
        {
            run.Train(trainer, new MadeBatches(BatchSize, Draw), new(Full: 3000, Quick: 500, Peak: 4e-3, Last: 1e-5, "nats a symbol")
            {
                Phase = name,
                Share = 0.5,
            });
        }

        SequenceBatch Draw(int number)
        {
            batch.Draw(random);
            return batch.Lesson;
        }

        // Measured on sequences that were not drawn before, each symbol that the model says being what it reads next.
        using var generator = new SequenceGenerator<TModel>(model, new() { BatchSize = BatchSize, SourceLength = length });
        random = new RandomSource(-1 - run.Seed);
        int count = run.Pick(full: 2048, quick: 512), exact = 0, symbols = 0;
        for (var i = 0; i < count; i += BatchSize)
        {
            batch.Draw(random);
            generator.Start(batch.Question);
            foreach (var right in batch.CountRight(generator))
            {
                symbols += right;
                exact += right == ReversalTask.DecoderSteps(length) ? 1 : 0;
            }
        }

        return (exact / (double)count, symbols / ((double)count * ReversalTask.DecoderSteps(length)));
    }
}
