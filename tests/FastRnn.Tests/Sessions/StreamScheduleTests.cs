using FastRnn.Inference;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Sessions;

/// <summary>A stream is cut into calls of any length; between them it is saved, loaded, copied, forked, and moved into other rows of
/// sessions of other batch sizes, numbers of threads and vector widths. Its outputs are those of one call from its beginning to its end,
/// bit for bit.</summary>
public sealed class StreamScheduleTests : IDisposable
{
    private static readonly Dictionary<string, Action<StreamScheduleTests, int>> Checks = new()
    {
        [nameof(PianoRoll)] = (test, seed) => test.Check<PianoRoll>(seed),
        [nameof(Echo)] = (test, seed) => test.Check<Echo>(seed),
        [nameof(EmbeddedText)] = (test, seed) => test.Check<EmbeddedText>(seed),
        [nameof(OneHotStack)] = (test, seed) => test.Check<OneHotStack>(seed),
        [nameof(DenseInTheMiddle)] = (test, seed) => test.Check<DenseInTheMiddle>(seed),
        [nameof(SpokenStack)] = (test, seed) => test.Check<SpokenStack>(seed),
        [nameof(LargeStack)] = (test, seed) => test.Check<LargeStack>(seed),
        [nameof(LearnedStart)] = (test, seed) => test.Check<LearnedStart>(seed),
        [nameof(RandomStart)] = (test, seed) => test.Check<RandomStart>(seed),
        [nameof(Opinion)] = (test, seed) => test.Check<Opinion>(seed),
        [nameof(DroppedStream)] = (test, seed) => test.Check<DroppedStream>(seed),
        [nameof(HeldText)] = (test, seed) => test.Check<HeldText>(seed),
        [nameof(ScaledSkip)] = (test, seed) => test.Check<ScaledSkip>(seed),
        [nameof(ActivatedStack)] = (test, seed) => test.Check<ActivatedStack>(seed),
        [nameof(SkippedProbabilities)] = (test, seed) => test.Check<SkippedProbabilities>(seed),
    };

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var name in Checks.Keys)
            {
                foreach (var seed in (int[])[1, 2, 3, 4])
                    data.Add(name, seed);
            }

            return data;
        }
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_schedule_gives_the_bits_of_one_call(string model, int seed) => Checks[model](this, seed);

    private void Check<TModel>(int seed)
        where TModel : class, IModel<TModel>
    {
        foreach (var weights in Enum.GetValues<WeightFormat>())
        {
            var schedule = new Schedule<TModel>(seed, weights, folder.File("state.safetensors"));
            schedule.Check();
        }
    }

    private sealed class Schedule<TModel>(int seed, WeightFormat weights, string path)
        where TModel : class, IModel<TModel>
    {
        private const int Steps = 150;
        private readonly Random random = new(seed);
        private readonly TModel[] models = [.. TestWidths.All.Select(width => StreamInput<TModel>.Model(width))];
        private Session<TModel> session = null!;
        private int row;

        public void Check()
        {
            var input = new StreamInput<TModel>(Steps, seed);
            var (expected, last) = input.Run(models[0], weights);
            (session, row) = (Open(3), 1);
            for (int t = 0, steps; t < Steps; t += steps)
            {
                var done = Interrupt(t);
                steps = Math.Min(random.Next(4) == 0 ? random.Next(33, 45) : random.Next(1, 5), Steps - t);
                var got = input.Step(session, row, t, steps, random);
                Bits.AssertSame($"{weights}, from step {t} after {done}", expected.AsSpan(t * TModel.Info.OutputSize, got.Length), got);
            }

            var state = new SessionState<TModel>();
            session.GetStream(row, state);
            Assert.Equal(last, state);
            session.Dispose();
        }

        private Session<TModel> Open(int batch) =>
            new(models[random.Next(models.Length)], new() { BatchSize = batch, Threads = random.Next(1, 4), Weights = weights });

        private void Replace(Session<TModel> other)
        {
            session.Dispose();
            session = other;
        }

        /// <summary>What happens to the stream between two calls.</summary>
        private string Interrupt(int step)
        {
            var batch = session.BatchSize;
            switch (random.Next(8))
            {
                case 0:
                    session.GetState().Save(path, models[0]);
                    Replace(Open(batch));
                    session.SetState(SessionState<TModel>.Load(path, models[^1]));
                    return "a file";
                case 1:
                    using (var stream = new MemoryStream())
                    {
                        session.GetState().Save(stream, models[0]);
                        session.Reset();
                        stream.Position = 0;
                        session.SetState(SessionState<TModel>.Load(stream, models[0]));
                    }

                    return "a stream of bytes";
                case 2:
                    var fork = session.Fork();
                    // What the first one does now is nothing to the second one.
                    _ = new StreamInput<TModel>(9, step).Step(session, row, 0, 9, random);
                    Replace(fork);
                    return "a fork";
                case 3:
                    var kept = session.GetState();
                    _ = new StreamInput<TModel>(9, step).Step(session, row, 0, 9, random);
                    session.SetState(kept.Clone());
                    return "a way back";
                case 4:
                    var (other, to) = (Open(random.Next(1, 20)), 0);
                    to = random.Next(other.BatchSize);
                    if (random.Next(2) == 0)
                        _ = new StreamInput<TModel>(40, step).Step(other, to, 0, random.Next(1, 40), random);
                    var (packed, at) = (new SessionState<TModel>(4), random.Next(4));
                    session.GetStream(row, packed, at);
                    other.SetStream(to, packed, at);
                    Replace(other);
                    row = to;
                    return "a move into another batch";
                case 5:
                    for (var i = 0; i < batch; i++)
                    {
                        if (i != row)
                            session.Reset(i);
                    }

                    return "a new beginning of the others";
                default:
                    return "nothing";
            }
        }
    }
}
