using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

using static FastRnn.Tests.Misuse.TwoThreads;

namespace FastRnn.Tests.Misuse;

/// <summary>While one thread is in a session, a predictor or a generator, every call of another thread is refused, and the first one's
/// results are as if there had been none.</summary>
public sealed class InUseTests
{
    private const int Steps = 300;

    private static readonly int[] Tokens = [.. Enumerable.Range(0, Steps).Select(i => i * 7 % 96)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_session_is_refused_to_a_second_thread(int threads)
    {
        using var session = new LargeText(seed: 1).CreateSession(new() { Threads = threads });
        var (y, state, token) = (new float[Steps * 96], new SessionState<LargeText>(), new float[96]);
        session.Run(Tokens, y);
        var expected = y.ToArray();
        var (values, last) = (new float[256], session.GetState());
        (string Name, Action Call)[] calls =
        [
            ("Step(token)", () => session.Step(1, token)),
            ("Run", () => session.Run(Tokens.AsSpan(0, 5), new float[5 * 96])),
            ("Reset", session.Reset),
            ("Reset(stream)", () => session.Reset(0)),
            ("GetState()", () => session.GetState()),
            ("GetState(state)", () => session.GetState(state)),
            ("SetState(state)", () => session.SetState(state)),
            ("GetStream", () => session.GetStream(0, state)),
            ("SetStream", () => session.SetStream(0, state)),
            ("GetState(layer)", () => session.GetState(0, 1, values)),
            ("SetState(layer)", () => session.SetState(0, 1, values)),
            ("Fork", () => session.Fork().Dispose()),
        ];
        foreach (var (name, call) in calls)
        {
            // What got through before the first thread came counts for nothing: it begins with a reset.
            DuringACall(name, call, "Session", () =>
            {
                session.Reset();
                session.Run(Tokens, y);
            });
            session.Reset();
            session.Run(Tokens, y);
            Bits.AssertSame("outputs after " + name, expected, y);
            Assert.Equal(last, session.GetState());
        }
    }

    [Fact]
    public void A_session_of_vectors_is_refused_to_a_second_thread()
    {
        using var session = new LargeStack(seed: 1).CreateSession(new() { Threads = 1 });
        var (x, y) = (new float[Steps * 40], new float[Steps * 20]);
        DuringACall("Step", () => session.Step(x.AsSpan(0, 40), new float[20]), "Session", () => session.Run(x, y));
        DuringACall("Run", () => session.Run(x.AsSpan(0, 80), new float[40]), "Session", () => session.Run(x, y));
    }

    [Fact]
    public void A_predictor_is_refused_to_a_second_thread()
    {
        using var predictor = new LargeText(seed: 1).CreatePredictor(new() { BatchSize = 1, SequenceLength = Steps, Threads = 1 });
        var y = new float[Steps * 96];
        void Run() => predictor.Run(new SequenceBatch { Tokens = Tokens }, y);
        DuringACall("Run", () => predictor.Run(new SequenceBatch { Tokens = [1] }, new float[96]), "Predictor", Run);
        DuringACall("GetAttention", () => predictor.GetAttention(0, new float[1]), "Predictor", Run, Between);
    }

    [Fact]
    public void A_generator_is_refused_to_a_second_thread()
    {
        using var generator = new LargeText(seed: 1).CreateGenerator();
        var (tokens, lengths) = (new int[Steps], new int[1]);
        void Generate()
        {
            generator.Start(default);
            generator.Generate(0, -1, tokens, lengths);
        }

        DuringACall("Start", () => generator.Start(default), "SequenceGenerator", Generate, Between);
        DuringACall("Step", () => generator.Step([1], new float[96]), "SequenceGenerator", Generate, Between);
        DuringACall(
            "Generate", () => generator.Generate(0, -1, new int[2], new int[1]), "SequenceGenerator", Generate, Between);
        DuringACall(
            "GetAttention", () => generator.GetAttention(0, new float[1]), "SequenceGenerator", Generate, Between);
        Generate();
        Assert.Equal(Steps, lengths[0]);
    }

    [Fact]
    public void A_trainer_is_refused_to_a_second_thread()
    {
        const int Window = 40;
        using var trainer =
            new LargeText(seed: 1).CreateTrainer(new() { SequenceLength = Window, Optimizer = new Sgd(1e-6f), Threads = 1 });
        using var folder = new TemporaryFolder();
        void Train() => trainer.Step(Tokens.AsSpan(0, Window), Tokens.AsSpan(1, Window));
        (string Name, Action Call)[] calls =
        [
            ("Step", () => trainer.Step(Tokens.AsSpan(0, 1), Tokens.AsSpan(1, 1))),
            ("Step(batch)", () => trainer.Step(new SequenceBatch { Tokens = [1], TargetTokens = [2] })),
            ("Accumulate", () => trainer.Accumulate(new SequenceBatch { Tokens = [1], TargetTokens = [2] })),
            ("Update", () => trainer.Update()),
            ("ResetState", trainer.ResetState),
            ("Save", () => trainer.Save(folder.File("trainer"))),
        ];
        foreach (var (name, call) in calls)
            DuringACall(name, call, "Trainer", Train, Between);
    }

    [Fact]
    public void Nobody_disposes_of_what_another_thread_is_in()
    {
        var model = new LargeText(seed: 1);
        var y = new float[Steps * 96];
        DisposedDuringACall(() => model.CreateSession(new() { Threads = 1 }), session => session.Run(Tokens, y));
        DisposedDuringACall(() => model.CreateSession(new() { Threads = 2 }), session => session.Run(Tokens, y));
        DisposedDuringACall(
            () => model.CreatePredictor(new() { BatchSize = 1, SequenceLength = Steps, Threads = 1 }), predictor =>
            predictor.Run(new SequenceBatch { Tokens = Tokens }, y));
        DisposedDuringACall(
            () => model.CreateTrainer(new() { SequenceLength = 100, Optimizer = new Sgd(1e-6f), Threads = 1 }), trainer =>
            trainer.Step(Tokens.AsSpan(0, 100), Tokens.AsSpan(1, 100)));
        DisposedDuringACall(() => model.CreateGenerator(), generator =>
        {
            generator.Start(default);
            generator.Generate(0, -1, new int[Steps], new int[1]);
        });
    }
}
