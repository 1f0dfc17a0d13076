using System.Diagnostics;

using FastRnn.Benchmarks.Peers;
using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Training;

namespace FastRnn.Benchmarks.Cells;

/// <summary>A whole training step over a batch of sequences: forward, loss, backward, clipping and Adam. An iteration is a step.</summary>
internal sealed class BatchRun<TModel> : IPeerRun
    where TModel : class, IModel<TModel>
{
    private readonly Trainer<TModel> trainer;
    private readonly int[] lengths;
    private readonly float[] x;
    private readonly float[] source;
    private readonly int[] targets = [];
    private readonly float[] numbers = [];
    private double loss;

    public BatchRun(Func<TModel> create, int[] lengths, int threads)
    {
        using var model = create();
        this.lengths = lengths;
        trainer = new Trainer<TModel>(model, new()
        {
            BatchSize = lengths.Length,
            SequenceLength = lengths.Max(),
            Threads = threads,
            ClipNorm = 5,
            Optimizer = new Adam(1e-3f),
            CarryState = false,
        });
        var random = new Random(1);
        x = Numbers(random, lengths.Sum() * TModel.Info.InputSize);
        source = TModel.Info.Source is { } info ? Numbers(random, lengths.Sum() * info.InputSize) : [];
        var positions = TModel.Info.OutputDomain == TimeDomain.Single ? lengths.Length : lengths.Sum();
        if (TModel.Info.Loss != LossKind.SoftmaxCrossEntropy)
        {
            numbers = Numbers(random, positions * TModel.Info.OutputSize);
            return;
        }

        targets = new int[positions];
        foreach (ref var target in targets.AsSpan())
        {
            target = random.Next(TModel.Info.OutputSize);
        }
    }

    public double Measure(int iterations)
    {
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < iterations; i++)
        {
            loss = trainer.Step(new SequenceBatch
            {
                X = x,
                Lengths = lengths,
                TargetTokens = targets,
                Targets = numbers,
                SourceX = source,
                SourceLengths = source.Length > 0 ? lengths : [],
            }).LossPerPosition;
        }

        return Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
    }

    public PeerOutput Read() => new([(float)loss], null, null);

    public void Dispose() => trainer.Dispose();

    private static float[] Numbers(Random random, int count)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
        {
            value = (random.NextSingle() * 2) - 1;
        }

        return values;
    }
}
