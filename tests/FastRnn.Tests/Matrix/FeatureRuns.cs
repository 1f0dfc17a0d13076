using FastRnn.Data;
using FastRnn.Execution;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Matrix;

/// <summary>A model of some shape, batches for it, and what runs them.</summary>
internal abstract class FeatureRuns<TModel> : IShape
    where TModel : class, IModel<TModel>
{
    protected static readonly int[] Ragged = [3, 9, 1, 5, 9];
    protected static readonly int[] RaggedSources = [4, 2, 7, 1, 7];

    public ModelInfo Info => TModel.Info;

    public bool Streams => Info.Source is null && Info.ConditionSize == 0 && LayerStep.CanStream(Info);

    protected static TModel Create() => TestModel<TModel>.Create(SimdWidth.Auto);

    protected StructuredBatch Batch(int[] lengths, int[] sources, int seed) =>
        StructuredBatch.Random(Info, lengths, sources, seed, masks: false);

    /// <summary>T steps of all rows of a time-major batch.</summary>
    protected Inputs InputsOf(StructuredBatch batch, int from, int steps, int rows) => Inputs.Of(
        batch.X.AsSpan(from * rows * Info.VectorSize, steps * rows * Info.VectorSize),
        batch.Tokens.AsSpan(from * rows * Info.TokenCount, steps * rows * Info.TokenCount));

    protected Targets TargetsOf(StructuredBatch batch, int from, int steps, int rows) => Targets.Of(
        batch.Targets.AsSpan(from * rows * Info.TargetSize, steps * rows * Info.TargetSize),
        batch.TargetTokens.AsSpan(from * rows * Info.TargetTokenCount, steps * rows * Info.TargetTokenCount));

    protected void Run(Session<TModel> session, StructuredBatch batch, int from, int steps, Span<float> y)
    {
        var inputs = InputsOf(batch, from, steps, session.BatchSize);
        if (Info.VectorSize > 0 && Info.TokenCount > 0)
            session.Run(inputs.Vectors, inputs.Tokens, y);
        else if (Info.VectorSize > 0)
            session.Run(inputs.Vectors, y);
        else
            session.Run(inputs.Tokens, y);
    }

    protected static RunOptions Sized(StructuredBatch batch, RunOptions options) => options with
    {
        BatchSize = batch.Count,
        SequenceLength = batch.Lengths.Max(),
        SourceLength = batch.SourceLengths.DefaultIfEmpty(0).Max(),
    };

    protected static float[] Predict(TModel model, StructuredBatch batch, RunOptions options)
    {
        using var predictor = new Predictor<TModel>(model, Sized(batch, options));
        var y = new float[batch.OutputCount];
        predictor.Run(batch.Input, y);
        return y;
    }

    protected static (double Sum, double Weight) Evaluate(TModel model, StructuredBatch batch, RunOptions options)
    {
        using var evaluator = new Evaluator<TModel>(model, Sized(batch, options));
        var loss = evaluator.Evaluate(batch.Input);
        return (loss.Sum, loss.Weight);
    }

    protected static (float[] Gradients, double Loss, long MemoryBytes) Accumulate(
        TModel model, StructuredBatch batch, TrainerOptions options)
    {
        using var trainer = new Trainer<TModel>(model, (TrainerOptions)Sized(batch, options) with { Seed = 9, CarryState = false });
        var loss = trainer.Accumulate(batch.Input);
        return (trainer.Gradients.ToArray(), loss.Sum, trainer.MemoryBytes);
    }

    protected static long LeastOf(string message) =>
        long.Parse(message.Split("at least ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    protected static void AssertClose(float[] expected, float[] actual, float tolerance)
    {
        var scale = expected.Max(Math.Abs);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale,
                $"{i}: expected {expected[i]}, got {actual[i]}, of at most {scale}");
    }
}
