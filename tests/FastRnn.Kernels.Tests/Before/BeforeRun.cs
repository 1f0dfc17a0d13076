using FastRnn.CompilerServices;
using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Training;

using static FastRnn.Tests.Before.BeforeKinds;

namespace FastRnn.Tests.Before;

/// <summary>The only file of this folder that knows constructors and methods of the library's front: what changes there changes here,
/// and nowhere else.</summary>
internal static class BeforeRun
{
    public static IReadOnlyDictionary<string, IBeforeRun> All { get; } = new IBeforeRun[]
    {
        new BeforeRun<BeforeText>(
            s => new(s), path => BeforeText.Load(path), (m, path) => m.Save(path), Windows | Streams | Rounds | Generates),
        new BeforeRun<BeforeVectors>(s => new(s), path => BeforeVectors.Load(path), (m, path) => m.Save(path), Windows | Streams | Rounds),
        new BeforeRun<BeforeDropped>(s => new(s), path => BeforeDropped.Load(path), (m, path) => m.Save(path), Windows | Streams),
        new BeforeRun<BeforeBoth>(s => new(s), path => BeforeBoth.Load(path), (m, path) => m.Save(path), None),
        new BeforeRun<BeforeTranslator>(s => new(s), path => BeforeTranslator.Load(path), (m, path) => m.Save(path), Generates | Attends),
        new BeforeRun<BeforeStyled>(s => new(s), path => BeforeStyled.Load(path), (m, path) => m.Save(path), Generates),
        new BeforeRun<BeforeOneHot>(s => new(s), path => BeforeOneHot.Load(path), (m, path) => m.Save(path), Windows | Streams | Rounds),
        new BeforeRun<BeforeOwn>(s => new(s), path => BeforeOwn.Load(path), (m, path) => m.Save(path), Windows | Streams | Rounds),
        new BeforeRun<BeforeOpinion>(s => new(s), path => BeforeOpinion.Load(path), (m, path) => m.Save(path), Streams),
    }.ToDictionary(run => run.Name, StringComparer.Ordinal);
}

/// <inheritdoc cref="IBeforeRun"/>
internal sealed class BeforeRun<TModel>(
    Func<int, TModel> create, Func<string, TModel> load, Action<TModel, string> save, BeforeKinds kinds) : IBeforeRun
    where TModel : class, IModel<TModel>
{
    private const int Half = 5, Rows = 3, Steps = 6, StreamedBefore = 4, StreamedAfter = 7;
    private const int Longest = 9, LongestSource = 7;

    private static readonly BeforeShape Shape = new(
        TModel.Info.InputSize, TModel.Info.Vocabulary, TModel.Info.Source?.InputSize ?? 0, TModel.Info.Source?.Vocabulary ?? 0,
        TModel.Info.ConditionSize, TModel.Info.OutputSize, TModel.Info.Loss == LossKind.SoftmaxCrossEntropy,
        TModel.Info.OutputDomain == TimeDomain.Single, TModel.Info.Input != InputKind.OneHot);

    public string Name => TModel.Info.Name;

    public BeforeValues Make(string folder, int threads)
    {
        var values = new BeforeValues();
        var model = create(1);
        using var trainer = NewTrainer(model, threads);
        for (var step = 0; step < Half; step++)
            Step(trainer, step);

        trainer.Save(PathOf(folder, "checkpoint"));
        save(model, PathOf(folder, "model"));
        SessionState<TModel>? state = null;
        if (kinds.HasFlag(Streams))
        {
            using var session = new Session<TModel>(model, new() { BatchSize = Rows, Threads = threads });
            Run(session, BeforeBatch.Window(Shape, 40, StreamedBefore, Rows));
            state = session.GetState();
            state.Save(PathOf(folder, "state"), model);
        }

        Use(model, state, threads, values);
        Train(trainer, values);
        return values;
    }

    public BeforeValues GoOn(string folder, int threads)
    {
        var values = new BeforeValues();
        var model = load(PathOf(folder, "model"));
        var state = kinds.HasFlag(Streams) ? SessionState<TModel>.Load(PathOf(folder, "state"), model) : null;
        Use(model, state, threads, values);

        // Other parameters at first: the right ones stand in the file.
        using var trainer = NewTrainer(create(2), threads);
        trainer.Restore(PathOf(folder, "checkpoint"));
        Train(trainer, values);
        return values;
    }

    private void Train(Trainer<TModel> trainer, BeforeValues values)
    {
        var results = Enumerable.Range(Half, Half).Select(number => Step(trainer, number)).ToArray();
        values.Add("training.losses", [.. results.Select(result => result.Loss)]);
        values.Add("training.norms", [.. results.Select(result => result.GradientNorm)]);
        values.Add("training.parameters", trainer.Model.Store.Parameters.ToArray());
    }

    private static RunOptions OfRagged(BeforeBatch ragged, int threads) =>
        new() { BatchSize = ragged.Count, SequenceLength = Longest, SourceLength = LongestSource, Threads = threads };

    private static Inputs InputsOf(BeforeBatch batch) => Shape.Vocabulary > 0 ? batch.Tokens : (Inputs)batch.X;

    private static Targets TargetsOf(BeforeBatch batch) => Shape.Classes ? batch.TargetTokens : (Targets)batch.Targets;

    private Trainer<TModel> NewTrainer(TModel model, int threads) => new(model, new()
    {
        BatchSize = kinds.HasFlag(Windows) ? Rows : 5,
        SequenceLength = kinds.HasFlag(Windows) ? Steps : Longest,
        SourceLength = Shape.HasSource ? LongestSource : 0,
        Optimizer = new Adam(0.01f),
        ClipNorm = 0.3f,
        Seed = 77,
        CarryState = kinds.HasFlag(Windows),
        Threads = threads,
    });

    private TrainingResult Step(Trainer<TModel> trainer, int number)
    {
        if (!kinds.HasFlag(Windows))
            return trainer.Step(Sequences(BeforeBatch.Ragged(Shape, number)));

        // The last window of a text may be a shorter one.
        var window = BeforeBatch.Window(Shape, number, number % Half == 2 ? Steps - 2 : Steps, Rows);
        return trainer.Step(InputsOf(window), TargetsOf(window));
    }

    /// <summary>Everything but training.</summary>
    private void Use(TModel model, SessionState<TModel>? state, int threads, BeforeValues values)
    {
        var ragged = BeforeBatch.Ragged(Shape, 50);
        using (var predictor = new Predictor<TModel>(model, OfRagged(ragged, threads)))
        {
            var y = new float[ragged.OutputCount];
            predictor.Run(Sequences(ragged), y);
            values.Add("predictor.ragged", y);
            for (var b = 0; b < ragged.Count && kinds.HasFlag(Attends); b++)
            {
                var looked = new float[ragged.Lengths[b] * ragged.SourceLengths[b]];
                predictor.GetAttention(b, looked);
                values.Add($"predictor.attention.{b}", looked);
            }
        }

        Evaluate(model, ragged, threads, values);
        if (state is not null)
            Stream(model, state, threads, values);
        if (kinds.HasFlag(Generates))
            Generate(model, threads, values);
    }

    private void Evaluate(TModel model, BeforeBatch ragged, int threads, BeforeValues values)
    {
        using var evaluator = new Evaluator<TModel>(model, OfRagged(ragged, threads));
        var loss = evaluator.Evaluate(Sequences(ragged));
        values.Add("evaluator.ragged", loss.Sum, loss.Weight);
        if (!kinds.HasFlag(Windows))
            return;

        evaluator.ResetState();
        var windows = Enumerable.Range(60, 2).Select(number => BeforeBatch.Window(Shape, number, Steps, ragged.Count));
        values.Add("evaluator.windows", [.. windows.Select(window => evaluator.LossSum(InputsOf(window), TargetsOf(window)))]);
    }

    /// <summary>Step by step, in one call, and with rounded weights.</summary>
    private void Stream(TModel model, SessionState<TModel> state, int threads, BeforeValues values)
    {
        var window = BeforeBatch.Window(Shape, 41, StreamedAfter, Rows);
        var formats = kinds.HasFlag(Rounds) ? [WeightFormat.Float32, WeightFormat.BFloat16] : (WeightFormat[])[WeightFormat.Float32];
        foreach (var format in formats)
        {
            using var session = new Session<TModel>(model, new() { BatchSize = Rows, Threads = threads, Weights = format });
            session.SetState(state);
            var (y, input) = (new float[StreamedAfter * Rows * Shape.OutputSize], Rows * Shape.InputSize);
            for (var t = 0; t < StreamedAfter; t++)
            {
                var to = y.AsSpan(t * Rows * Shape.OutputSize, Rows * Shape.OutputSize);
                if (Shape.Vocabulary > 0)
                    session.Step(window.Tokens.AsSpan(t * Rows, Rows), to);
                else
                    session.Step(window.X.AsSpan(t * input, input), to);
            }

            values.Add($"session.{format}.steps", y);
            session.SetState(state);
            values.Add($"session.{format}.run", Run(session, window));
        }
    }

    private static void Generate(TModel model, int threads, BeforeValues values)
    {
        var batch = BeforeBatch.Window(Shape, 70, Steps, Rows);
        using var generator =
            new SequenceGenerator<TModel>(model, new() { BatchSize = Rows, SourceLength = LongestSource, Threads = threads });
        var start = new SequenceBatch
        {
            Condition = batch.Condition,
            SourceX = batch.SourceX,
            SourceTokens = batch.SourceTokens,
            SourceLengths = batch.SourceLengths,
        };
        generator.Start(start, Rows);
        var all = new List<float>();
        var (y, input) = (new float[Rows * Shape.OutputSize], Rows * Shape.InputSize);
        for (var t = 0; t < Steps; t++)
        {
            if (Shape.Vocabulary > 0)
                generator.Step(batch.Tokens.AsSpan(t * Rows, Rows), y);
            else
                generator.Step(batch.X.AsSpan(t * input, input), y);
            all.AddRange(y);
        }

        values.Add("generator.steps", [.. all]);
    }

    private static float[] Run(Session<TModel> session, BeforeBatch window)
    {
        var y = new float[window.Lengths.Sum() * Shape.OutputSize];
        if (Shape.Vocabulary > 0)
            session.Run(window.Tokens, y);
        else
            session.Run(window.X, y);
        return y;
    }

    private static SequenceBatch Sequences(BeforeBatch batch) => new()
    {
        Lengths = batch.Lengths,
        SourceLengths = batch.SourceLengths,
        X = batch.X,
        Tokens = batch.Tokens,
        Present = batch.Present,
        Weights = batch.Weights,
        Targets = batch.Targets,
        TargetTokens = batch.TargetTokens,
        Condition = batch.Condition,
        SourceX = batch.SourceX,
        SourceTokens = batch.SourceTokens,
    };

    private string PathOf(string folder, string what) => Path.Combine(folder, $"{Name}.{what}.safetensors");
}
