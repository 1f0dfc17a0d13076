using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Tests.Sessions;

namespace FastRnn.Tests.Allocation;

/// <summary>Sessions of every kind of model.</summary>
internal static class InferenceCases
{
    // More than one block of the session.
    private const int Steps = 35;

    public static IEnumerable<SteadyState> All => OfSmallModels.Concat(OfLargeModels).Concat(OfStates).Concat(OfPredictors);

    private static IEnumerable<SteadyState> OfSmallModels =>
        from batch in (int[])[1, 16]
        from threads in (int[])[1, 3]
        from state in (SteadyState[])
        [
            .. Vectors<MixedStack>(batch, threads),
            .. Vectors<Probabilities>(batch, threads),
            .. Vectors<LayerNormLstm_L2>(batch, threads),
            .. Tokens<EmbeddedText>(batch, threads),
            .. Tokens<OneHotText>(batch, threads),
        ]
        select state;

    /// <summary>Rounded weights, and units split among threads.</summary>
    private static IEnumerable<SteadyState> OfLargeModels =>
        from threads in (int[])[1, 2]
        from weights in (WeightFormat[])[WeightFormat.Float32, WeightFormat.BFloat16, WeightFormat.Int8]
        select new SteadyState($"Step of {nameof(LargeText)}, {weights}, {threads} threads", () =>
        {
            var session = new LargeText(seed: 1).CreateSession(new() { Threads = threads, Weights = weights });
            var y = new float[LargeText.Info.OutputSize];
            return (session, () => session.Step(1, y));
        });

    /// <summary>Batches with int8 weights.</summary>
    private static IEnumerable<SteadyState> OfPredictors =>
        from threads in (int[])[1, 2]
        select new SteadyState($"Prediction of {nameof(MixedStack)}, {WeightFormat.Int8}, {threads} threads", () =>
        {
            RunOptions options = new() { BatchSize = 9, SequenceLength = Steps, Threads = threads, Weights = WeightFormat.Int8 };
            var predictor = new MixedStack(seed: 1).CreatePredictor(options);
            var x = Experiment.Random(MixedStack.Info, Steps, 9, seed: 1).X;
            var y = new float[Steps * 9 * MixedStack.Info.OutputSize];
            return (predictor, () => predictor.Run(x, y));
        });

    /// <summary>Streams that come and go, in a chain and in a model that is more.</summary>
    private static IEnumerable<SteadyState> OfStates => [States<MixedStack>(), States<DroppedStream>()];

    private static SteadyState States<TModel>()
        where TModel : class, IModel<TModel>
    {
        const int Batch = 16;
        var (whole, kept) = (new SessionState<TModel>(Batch), new SessionState<TModel>(3));
        var x = Experiment.Random(TModel.Info, 1, Batch, seed: 1).X;
        var y = new float[Batch * TModel.Info.OutputSize];
        return new(Name<TModel>("States", Batch, threads: 2), () =>
        {
            var session = Create<TModel>(Batch, threads: 2);
            return (session, () =>
            {
                session.Reset(3);
                session.GetStream(5, kept, 1);
                session.SetStream(7, kept, 1);
                session.GetState(whole);
                whole.CopyStream(2, kept, 0);
                kept.CopyStream(0, whole, 9);
                session.SetState(whole);
                session.Step(x, y);
                session.Reset();
                session.Step(x, y);
            }
            );
        });
    }

    private static IEnumerable<SteadyState> Vectors<TModel>(int batch, int threads)
        where TModel : class, IModel<TModel>
    {
        var x = Experiment.Random(TModel.Info, Steps, batch, seed: 1).X;
        var y = new float[Steps * batch * TModel.Info.OutputSize];
        var (input, output) = (batch * TModel.Info.InputSize, batch * TModel.Info.OutputSize);
        yield return new(Name<TModel>("Step", batch, threads), () =>
        {
            var session = Create<TModel>(batch, threads);
            return (session, () => session.Step(x.AsSpan(0, input), y.AsSpan(0, output)));
        });
        yield return new(Name<TModel>("Run", batch, threads), () =>
        {
            var session = Create<TModel>(batch, threads);
            return (session, () => session.Run(x, y));
        });
    }

    private static IEnumerable<SteadyState> Tokens<TModel>(int batch, int threads)
        where TModel : class, IModel<TModel>
    {
        var tokens = Experiment.Random(TModel.Info, Steps, batch, seed: 1).Tokens;
        var y = new float[Steps * batch * TModel.Info.OutputSize];
        var output = batch * TModel.Info.OutputSize;
        yield return new(Name<TModel>("Step", batch, threads), () =>
        {
            var session = Create<TModel>(batch, threads);
            return (session, () => session.Step(tokens.AsSpan(0, batch), y.AsSpan(0, output)));
        });
        yield return new(Name<TModel>("Run", batch, threads), () =>
        {
            var session = Create<TModel>(batch, threads);
            return (session, () => session.Run(tokens, y));
        });
    }

    private static Session<TModel> Create<TModel>(int batch, int threads)
        where TModel : class, IModel<TModel> =>
        new((TModel)Activator.CreateInstance(typeof(TModel), 1, SimdWidth.Auto)!, new() { BatchSize = batch, Threads = threads });

    private static string Name<TModel>(string call, int batch, int threads) =>
        FormattableString.Invariant($"{call} of {typeof(TModel).Name}, batch {batch}, {threads} threads");
}
