#if !BEFORE
using FastRnn.CompilerServices;
#endif
using FastRnn.Data;
using FastRnn.Inference;
#if BEFORE
using FastRnn.Kernels;
using FastRnn.Models;
#endif
using FastRnn.Training;

namespace FastRnn.Before;

/// <summary>All that is measured, in two spellings: the only file that knows constructors and methods of the library's front.</summary>
internal sealed class Api<TModel> : IModelApi
#if BEFORE
    where TModel : Model<TModel>, IModel<TModel>
#else
    where TModel : class, IModel<TModel>
#endif
{
    private const float LearningRate = 1e-3f, ClipNorm = 5;

    /// <inheritdoc/>
    public Sizes Sizes => new(
        TModel.Info.InputSize, TModel.Info.Vocabulary, TModel.Info.Source?.InputSize ?? 0, TModel.Info.OutputSize,
        TModel.Info.OutputDomain == TimeDomain.Single);

    /// <inheritdoc/>
    public Work TrainWindows(Batch batch, int threads)
    {
        var trainer = NewTrainer(batch, threads, carries: true);
        return new(
            iterations =>
            {
                for (var i = 0; i < iterations; i++)
                {
                    trainer.Step(batch.Tokens, batch.Targets);
                }
            },
            trainer);
    }

    /// <inheritdoc/>
    public Work TrainSequences(Batch batch, int threads)
    {
        var trainer = NewTrainer(batch, threads, carries: false);
        return new(
            iterations =>
            {
                for (var i = 0; i < iterations; i++)
                {
                    trainer.Step(Sequences(batch));
                }
            },
            trainer);
    }

    /// <inheritdoc/>
    public Work Predict(Batch batch, int threads)
    {
#if BEFORE
        var predictor = new Predictor<TModel>(Create(), batch.Lengths.Length, batch.Longest, batch.Longest, threads);
#else
        var predictor = new Predictor<TModel>(Create(), Options(batch, threads));
#endif
        var y = new float[batch.OutputCount];
        return new(
            iterations =>
            {
                for (var i = 0; i < iterations; i++)
                {
                    predictor.Run(Sequences(batch), y);
                }
            },
            predictor);
    }

    /// <inheritdoc/>
    public Work Evaluate(Batch batch, int threads)
    {
#if BEFORE
        var evaluator = new Evaluator<TModel>(Create(), batch.Lengths.Length, batch.Longest, threads, batch.Longest);
#else
        var evaluator = new Evaluator<TModel>(Create(), Options(batch, threads));
#endif
        return new(
            iterations =>
            {
                for (var i = 0; i < iterations; i++)
                {
                    evaluator.Evaluate(Sequences(batch));
                }
            },
            evaluator);
    }

    /// <inheritdoc/>
    public Work RunBatch(int rows, int steps, int threads)
    {
        var session = NewSession(Create(), rows, threads);
        var (x, y) = Buffers(rows * steps);
        return new(
            iterations =>
            {
                for (var i = 0; i < iterations; i++)
                {
                    session.Reset();
                    session.Run(x, y);
                }
            },
            session);
    }

    /// <inheritdoc/>
    public Work StepStream(int threads, bool isEmbedded)
    {
        var session = NewSession(Create(isEmbedded), 1, threads);
        var (x, y) = Buffers(1);
        return new(
            iterations =>
            {
                for (var i = 0; i < iterations; i++)
                {
                    session.Step(x, y);
                }
            },
            session);
    }

    /// <inheritdoc/>
    public Work RunStream(int steps, int threads, bool isEmbedded)
    {
        var session = NewSession(Create(isEmbedded), 1, threads);
        var (x, y) = Buffers(steps);
        return new(
            iterations =>
            {
                for (var i = 0; i < iterations; i++)
                {
                    session.Run(x, y);
                }
            },
            session);
    }

    /// <summary>A model with first weights, or with those of its assembly.</summary>
    private static TModel Create(bool isEmbedded = false) =>
        (TModel)Activator.CreateInstance(typeof(TModel), isEmbedded ? [SimdWidth.Auto] : [1, SimdWidth.Auto])!;

    private static Trainer<TModel> NewTrainer(Batch batch, int threads, bool carries) => new(Create(), new()
    {
        BatchSize = batch.Lengths.Length,
        SequenceLength = batch.Longest,
        Threads = threads,
        ClipNorm = ClipNorm,
        Optimizer = new Adam(LearningRate),
        CarryState = carries,
    });

#if BEFORE
    private static Session<TModel> NewSession(TModel model, int rows, int threads) => new(model, rows, threads);
#else
    private static Session<TModel> NewSession(TModel model, int rows, int threads) =>
        new(model, new() { BatchSize = rows, Threads = threads });

    private static RunOptions Options(Batch batch, int threads) => new()
    {
        BatchSize = batch.Lengths.Length,
        SequenceLength = batch.Longest,
        SourceLength = batch.Longest,
        Threads = threads,
    };
#endif

    private static SequenceBatch Sequences(Batch batch) => new()
    {
        X = batch.X,
        Lengths = batch.Lengths,
        TargetTokens = batch.Targets,
        SourceX = batch.SourceX,
        SourceLengths = batch.SourceLengths,
    };

    private static (float[] X, float[] Y) Buffers(int positions) =>
        (Batch.Numbers(positions * TModel.Info.InputSize), new float[positions * TModel.Info.OutputSize]);
}
