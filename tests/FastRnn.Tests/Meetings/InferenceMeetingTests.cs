using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Meetings;

/// <summary>Two threads in a session, a predictor, a generator, a beam search and a sampler.</summary>
public sealed class InferenceMeetingTests
{
    private const int Steps = 30;
    private static readonly int[] Tokens = [.. Enumerable.Range(0, 2 * Steps).Select(i => i * 7 % 96)];
    private static readonly LargeText Text = new(seed: 1);
    private static readonly Translator Pairs = new(seed: 2);

    [Theory]
    [InlineData(1, WeightFormat.Float32)]
    [InlineData(2, WeightFormat.Float32)]
    [InlineData(1, WeightFormat.Int8)]
    public void In_a_session(int threads, WeightFormat weights)
    {
        var other = new SessionState<LargeText>(batchSize: 2);
        other.Values(0, 0).Fill(0.5f);
        new Meeting<Session<LargeText>>(
            () => Text.CreateSession(new() { BatchSize = 2, Threads = threads, Weights = weights }),
            session => session.Reset(),
            session => Output(96 * 2, y => session.Step([1, 2], y)),
            ("Run", session => Output(Steps * 2 * 96, y => session.Run(Tokens, y))),
            ("Step", session => Output(96 * 2, y => session.Step([3, 4], y))),
            ("Reset", session => Done(session.Reset)),
            ("Reset(1)", session => Done(() => session.Reset(1))),
            ("GetState", session => Output(256 * 2, y => session.GetState().Values(0, 1).CopyTo(y))),
            ("SetState", session => Done(() => session.SetState(other))),
            ("Fork", session =>
            {
                using var fork = session.Fork();
                return Output(96 * 2, y => fork.Step([5, 6], y));
            }
        ),
            ("a session that is forgotten", _ => Output(96, y => Text.CreateSession(new() { Threads = threads }).Step(7, y))))
            .Run(seed: threads);
    }

    [Fact]
    public void In_a_session_that_shares_its_threads() => new Meeting<Session<LargeText>>(
        () => Text.CreateSession(),
        session => session.Reset(),
        session => Output(96, y => session.Step(1, y)),
        ("Run", session => Output(Steps * 96, y => session.Run(Tokens.AsSpan(0, Steps), y))),
        ("another session", _ =>
        {
            using var session = Text.CreateSession();
            return Output(Steps * 96, y => session.Run(Tokens.AsSpan(0, Steps), y));
        }
    )).Run(seed: 5);

    [Fact]
    public void In_a_predictor()
    {
        var state = Experiment.Numbers(new Random(3), 2 * 256, 1);
        new Meeting<Predictor<LargeText>>(
            () => Text.CreatePredictor(new() { BatchSize = 2, SequenceLength = Steps, Threads = 2, KeepStates = true }),
            predictor =>
            {
                predictor.ResetState();
                predictor.Run(new SequenceBatch { Tokens = Tokens.AsSpan(0, 4), Lengths = [1, 3] }, new float[4 * 96]);
            },
            predictor => Output(2 * 256, y => predictor.GetState(0, "c", y)),
            ("Run", predictor => Output(Steps * 2 * 96, y => predictor.Run(Tokens, y))),
            ("Run(batch)", predictor => Output(
                9 * 96, y => predictor.Run(new SequenceBatch { Tokens = Tokens.AsSpan(0, 9), Lengths = [7, 2] }, y))),
            ("SetState", predictor => Done(() => predictor.SetState(0, 0, state))),
            ("ResetState", predictor => Done(predictor.ResetState))).Run(seed: 6);
    }

    [Fact]
    public void In_a_generator()
    {
        var sampler = new Sampler(96, seed: 3);
        var place = sampler.Place;
        new Meeting<SequenceGenerator<LargeText>>(
            () => Text.CreateGenerator(new() { BatchSize = 2 }),
            generator =>
            {
                generator.Start(default);
                sampler.Place = place;
            },
            generator => Output(2 * 96, y => generator.Step([1, 2], y)),
            ("Start", generator => Done(() => generator.Start(default, 1))),
            ("Step", generator => Output(2 * 96, y => generator.Step([8, 9], y))),
            ("Generate", generator => Generated(generator, null)),
            ("Generate by chance", generator => Generated(generator, sampler))).Run(seed: 7);
    }

    [Fact]
    public void In_a_beam_search() => new Meeting<BeamSearch<Translator>>(
        () => new(Pairs, new() { Width = 3, SourceLength = 5 }),
        _ => { },
        search => Found(search, [5, 4, 3]),
        ("Search", search => Found(search, [1, 2, 3, 4, 5])),
        ("Search another", search => Found(search, [2, 2]))).Run(seed: 8);

    [Fact]
    public void In_a_sampler()
    {
        var logits = Experiment.Numbers(new Random(4), 20_000, 3);
        var place = new Sampler(logits.Length, seed: 5).Place;
        new Meeting<Sampler>(
            () => new(logits.Length, seed: 5),
            sampler => sampler.Place = place,
            sampler => string.Join(' ', sampler.Place),
            ("Next", sampler => $"{sampler.Next(logits)}"),
            ("Next of ten", sampler => $"{sampler.Next(logits, 0.5f, 10)}"),
            ("Place", sampler => string.Join(' ', sampler.Place))).Run(seed: 9);
    }

    private static string Generated(SequenceGenerator<LargeText> generator, Sampler? sampler)
    {
        var (tokens, lengths) = (new int[2 * Steps], new int[2]);
        generator.Generate(3, -1, tokens, lengths, sampler);
        return Digest.Of(tokens);
    }

    private static string Found(BeamSearch<Translator> search, int[] source) => string.Join(' ', search
        .Search(new SequenceBatch { SourceTokens = source, SourceLengths = [source.Length] }, 0, -1, cap: 6)
        .Select(found => $"{string.Join(',', found.Tokens)}:{found.Score:r}"));

    private static string Output(int count, Action<float[]> call)
    {
        var y = new float[count];
        call(y);
        return Digest.Of(y);
    }

    private static string Done(Action call)
    {
        call();
        return "done";
    }
}
