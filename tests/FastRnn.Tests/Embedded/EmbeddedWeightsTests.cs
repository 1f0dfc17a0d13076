using FastRnn.CompilerServices;
using FastRnn.Tests.Allocation;
using FastRnn.Tests.Cells;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Embedded;

/// <summary>Models from weights in the assembly are those from weights in the file.</summary>
public sealed class EmbeddedWeightsTests
{
    private const string Text = "Embedded/text.safetensors";
    private const string Golden = "PyTorch/golden/interop_";

    private static readonly Dictionary<string, IEmbeddedCase> Cases = new()
    {
        [nameof(GruInOrder)] = new EmbeddedCase<GruInOrder>(Golden + "gru.safetensors", width => new(width)),
        [nameof(GruOf128)] = new EmbeddedCase<GruOf128>(Golden + "gru.safetensors", width => new(width)),
        [nameof(LstmOf512)] = new EmbeddedCase<LstmOf512>(Golden + "lstm.safetensors", width => new(width)),
        [nameof(TextInOrder)] = new EmbeddedCase<TextInOrder>(Text, width => new(width)),
        [nameof(TextOf128)] = new EmbeddedCase<TextOf128>(Text, width => new(width)),
        [nameof(TextOf256)] = new EmbeddedCase<TextOf256>(Text, width => new(width)),
        [nameof(TextOf512)] = new EmbeddedCase<TextOf512>(Text, width => new(width)),
        [nameof(RoundedTextInOrder)] = new EmbeddedCase<RoundedTextInOrder>(Text, width => new(width)),
        [nameof(Int8Text)] = new EmbeddedCase<Int8Text>(Text, width => new(width)),
        [nameof(RoundedTextOf256)] = new EmbeddedCase<RoundedTextOf256>(Text, width => new(width)),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_are_those_of_the_file_at_every_width(string name)
    {
        foreach (var width in TestWidths.Emitted)
        {
            foreach (var batch in (int[])[1, 3])
            {
                foreach (var session in Enum.GetValues<WeightFormat>())
                    Bits.AssertSame($"{width}, {batch}, {session}", Cases[name].Loaded(width, batch, session),
                        Cases[name].Embedded(width, batch, session));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Parameters_are_those_of_the_file_at_every_width(string name)
    {
        foreach (var width in TestWidths.Emitted)
            Bits.AssertSame($"{width}", Cases[name].Expected(), Cases[name].Parameters(width));
    }

    [Theory]
    [InlineData(nameof(TextInOrder), SimdWidth.Auto)]
    [InlineData(nameof(TextOf256), SimdWidth.Bits256)]
    [InlineData(nameof(RoundedTextOf256), SimdWidth.Bits256)]
    [InlineData(nameof(LstmOf512), SimdWidth.Bits512)]
    public void The_attribute_says_the_order(string name, SimdWidth width) =>
        Assert.Equal(TestWidths.Or(width), Cases[name].DataWidth);

    [Fact]
    public void Half_of_the_bytes_cost_little_accuracy()
    {
        var (exact, rounded) =
            (Cases[nameof(TextOf256)].Embedded(SimdWidth.Auto), Cases[nameof(RoundedTextOf256)].Embedded(SimdWidth.Auto));

        Assert.InRange(exact.Zip(rounded, (a, b) => Math.Abs(a - b)).Max(), 1e-7, 0.02 * exact.Max(Math.Abs));
        Assert.True(RoundedWeights.Data.Length < 0.52 * ExactWeights.Data.Length);
    }

    [Fact]
    public void Int8_sessions_have_the_same_bits_from_a_quarter_of_the_bytes()
    {
        foreach (var batch in (int[])[1, 3])
        {
            Bits.AssertSame("outputs", Cases[nameof(TextInOrder)].Embedded(SimdWidth.Auto, batch, WeightFormat.Int8),
                Cases[nameof(Int8Text)].Embedded(SimdWidth.Auto, batch, WeightFormat.Int8));
        }

        var length = WeightsOf<Int8Text>().Data.Length;
        Assert.True(length < 0.3 * ExactWeights.Data.Length);
    }

    [Fact]
    public void A_model_in_the_order_of_its_kernels_has_no_other_copy_until_somebody_asks()
    {
        var model = new TextOf256(TestWidths.Or(SimdWidth.Bits256));
        using (var session = model.CreateSession())
        {
            session.Step(3, new float[11]);
            Assert.Equal(model.Width != SimdWidth.Bits256, model.HasParameters());
        }

        Assert.Equal(TextOf256.Info.ParameterCount, model.Parameters.Length);
        Assert.True(model.HasParameters());
        Assert.All(
            TestWidths.Emitted.Where(width => width != SimdWidth.Bits256), width => Assert.True(new TextOf256(width).HasParameters()));
        Assert.All(TestWidths.Emitted, width => Assert.True(new TextInOrder(width).HasParameters()));
    }

    [Fact]
    public void A_session_sees_what_is_changed_later()
    {
        var (model, loaded) =
            (new TextOf256(TestWidths.Or(SimdWidth.Bits256)), TextFresh.Load(PathOf(Text), TestWidths.Or(SimdWidth.Bits256)));
        using var session = model.CreateSession();
        using var other = loaded.CreateSession();
        var (outputs, expected) = (new float[11], new float[11]);
        session.Step(3, outputs);
        other.Step(3, expected);
        using (var edit = model.Edit())
        {
            foreach (ref var value in edit.Parameters)
                value *= 0.5f;
        }

        using (var edit = loaded.Edit())
        {
            foreach (ref var value in edit.Parameters)
                value *= 0.5f;
        }

        session.Step(5, outputs);
        other.Step(5, expected);
        Bits.AssertSame("outputs", expected, outputs);
    }

    [Fact]
    public void Training_goes_on_from_there()
    {
        var (model, loaded) =
            (new TextOf256(TestWidths.Or(SimdWidth.Bits256)), TextFresh.Load(PathOf(Text), TestWidths.Or(SimdWidth.Bits256)));
        TrainerOptions Options() => new() { SequenceLength = 8, BatchSize = 2, Optimizer = new Adam(1e-2f), Threads = 2 };
        using var trainer = model.CreateTrainer(Options());
        using var other = loaded.CreateTrainer(Options());
        for (var step = 0; step < 5; step++)
        {
            int[] x = [.. Enumerable.Range(0, 16).Select(i => (i * 7 + step) % 11)],
            y = [.. Enumerable.Range(0, 16).Select(i => (i * 5 + step) % 11)];
            Assert.Equal(other.Step(x, y).Loss, trainer.Step(x, y).Loss);
        }

        Bits.AssertSame("parameters", loaded.Parameters, model.Parameters);
    }

    [Fact]
    public void What_is_saved_is_what_was_loaded()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("saved.safetensors");

        new TextOf512(TestWidths.Or(SimdWidth.Bits512)).Save(path);

        var (expected, got) = (EditedFile.Content(File.ReadAllBytes(PathOf(Text))), EditedFile.Content(File.ReadAllBytes(path)));
        Assert.Equal(expected.Header, got.Header);
        Assert.Equal(expected.Data, got.Data);
    }

    [Fact]
    public void A_seed_makes_a_fresh_model() =>
        Bits.AssertSame("parameters", new TextFresh(seed: 5).Parameters, new TextOf256(seed: 5).Parameters);

    [Fact]
    public void Many_threads_may_be_the_first_who_ask()
    {
        var expected = Cases[nameof(TextOf256)].Expected();
        var outputs = Cases[nameof(TextOf256)].Loaded(TestWidths.Or(SimdWidth.Bits256))[..11];
        for (var repetition = 0; repetition < 50; repetition++)
        {
            var model = new TextOf256(TestWidths.Or(SimdWidth.Bits256));
            using var start = new Barrier(4);
            Together(4, i =>
            {
                start.SignalAndWait();
                if (i % 2 == 0)
                {
                    Bits.AssertSame("parameters", expected, model.Parameters);
                }
                else
                {
                    using var session = model.CreateSession();
                    var got = new float[11];
                    session.Step(0, got);
                    Bits.AssertSame("outputs", outputs, got);
                }
            });
        }
    }

    /// <summary>Threads that all run at once, whatever the pool says.</summary>
    private static void Together(int count, Action<int> action)
    {
        var tasks = Enumerable.Range(0, count).Select(i => Task.Factory.StartNew(() =>
            action(i), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(tasks);
    }

    [Fact]
    public void The_data_are_there_without_an_array()
    {
        var length = ExactWeights.Data.Length;
        Assert.Equal(0, OwnThread.LeastAllocated(Read, rounds: 10));
        Assert.True(length > 1_000_000);

        void Read()
        {
            for (var i = 0; i < 100; i++)
                length += ExactWeights.Data.Length + WeightsOf<TextOf256>().Panels.Length;
        }
    }

    [Fact]
    public void A_model_without_the_attribute_has_no_weights() => Assert.Equal(0, WeightsOf<TextFresh>().Data.Length);

    private static EmbeddedWeights ExactWeights => WeightsOf<TextInOrder>();

    private static EmbeddedWeights RoundedWeights => WeightsOf<RoundedTextInOrder>();

    private static EmbeddedWeights WeightsOf<TModel>()
        where TModel : class, IModel<TModel> => TModel.Weights;

    private static string PathOf(string file) => System.IO.Path.Combine(AppContext.BaseDirectory, file);
}
