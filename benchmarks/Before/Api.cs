#if !BEFORE
#error The front of the library has changed: write the methods below for it as well, behind #if BEFORE ... #else.
#endif

using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Kernels;
using FastRnn.Models;
using FastRnn.Training;

namespace FastRnn.Before;

/// <summary>All that is measured, in two spellings: the only file that knows constructors and methods of the library's front.</summary>
internal static class Api
{
    private const float LearningRate = 1e-3f, ClipNorm = 5;

    /// <summary>A model with first weights, or with those of its assembly.</summary>
    public static TModel Create<TModel>(bool isEmbedded = false)
        where TModel : Model<TModel>, IModel<TModel> =>
        (TModel)Activator.CreateInstance(typeof(TModel), isEmbedded ? [SimdWidth.Auto] : [1, SimdWidth.Auto])!;

    public static Sizes SizesOf<TModel>()
        where TModel : Model<TModel>, IModel<TModel> => new(
        TModel.Info.InputSize, TModel.Info.Vocabulary, TModel.Info.Source?.InputSize ?? 0, TModel.Info.OutputSize,
        TModel.Info.OutputDomain == TimeDomain.Single);

    /// <summary>A step over windows of tokens whose states are carried on.</summary>
    public static Work TrainWindows<TModel>(Batch batch, int threads)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var trainer = NewTrainer<TModel>(batch, threads, carries: true);
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

    /// <summary>A step over whole sequences of vectors.</summary>
    public static Work TrainSequences<TModel>(Batch batch, int threads)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var trainer = NewTrainer<TModel>(batch, threads, carries: false);
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

    /// <summary>The outputs of whole sequences of vectors.</summary>
    public static Work Predict<TModel>(Batch batch, int threads)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var predictor = new Predictor<TModel>(Create<TModel>(), batch.Lengths.Length, batch.Longest, batch.Longest, threads);
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

    /// <summary>The loss of whole sequences of vectors.</summary>
    public static Work Evaluate<TModel>(Batch batch, int threads)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var evaluator = new Evaluator<TModel>(Create<TModel>(), batch.Lengths.Length, batch.Longest, threads, batch.Longest);
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

    /// <summary>A session that begins anew and runs through some steps of many sequences.</summary>
    public static Work RunBatch<TModel>(int rows, int steps, int threads)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var session = new Session<TModel>(Create<TModel>(), rows, threads);
        var (x, y) = Buffers<TModel>(rows * steps);
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

    /// <summary>One stream, a call a sample.</summary>
    public static Work StepStream<TModel>(int threads, bool isEmbedded)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var session = new Session<TModel>(Create<TModel>(isEmbedded), 1, threads);
        var (x, y) = Buffers<TModel>(1);
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

    /// <summary>One stream, a call a block of samples.</summary>
    public static Work RunStream<TModel>(int steps, int threads, bool isEmbedded)
        where TModel : Model<TModel>, IModel<TModel>
    {
        var session = new Session<TModel>(Create<TModel>(isEmbedded), 1, threads);
        var (x, y) = Buffers<TModel>(steps);
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

    private static Trainer<TModel> NewTrainer<TModel>(Batch batch, int threads, bool carries)
        where TModel : Model<TModel>, IModel<TModel> => new(Create<TModel>(), new()
        {
            BatchSize = batch.Lengths.Length,
            SequenceLength = batch.Longest,
            Threads = threads,
            ClipNorm = ClipNorm,
            Optimizer = new Adam(LearningRate),
            CarryState = carries,
        });

    private static SequenceBatch Sequences(Batch batch) => new()
    {
        X = batch.X,
        Lengths = batch.Lengths,
        TargetTokens = batch.Targets,
        SourceX = batch.SourceX,
        SourceLengths = batch.SourceLengths,
    };

    private static (float[] X, float[] Y) Buffers<TModel>(int positions)
        where TModel : Model<TModel>, IModel<TModel> =>
        (Batch.Numbers(positions * TModel.Info.InputSize), new float[positions * TModel.Info.OutputSize]);
}
