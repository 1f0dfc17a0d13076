using System.Numerics.Tensors;
using System.Runtime.InteropServices;

using FastRnn.Data;
using FastRnn.Inference;
using FastRnn.Tests.Models;
using FastRnn.Tests.Sessions;

namespace FastRnn.Tests.Misuse;

/// <summary>An output may lie over an input where that is right, and is refused everywhere else.</summary>
public sealed class OverlapTests
{
    private const int Steps = 70;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(7, 1)]
    [InlineData(7, 3)]
    public void An_output_over_its_own_input_has_the_same_bits(int batch, int threads)
    {
        InPlace<Echo>(batch, threads);
        InPlace<LargeEcho>(batch, threads);
        InPlace<DroppedStream>(batch, threads);
    }

    [Fact]
    public void A_generator_writes_over_its_input_too()
    {
        using var one = StreamInput<Echo>.Model().CreateGenerator(new() { BatchSize = 3, Threads = 2 });
        using var other = StreamInput<Echo>.Model().CreateGenerator(new() { BatchSize = 3, Threads = 1 });
        one.Start(default);
        other.Start(default);
        var (x, y) = (Experiment.Numbers(new Random(1), 15, 1), new float[15]);
        var both = x.ToArray();
        for (var t = 0; t < 5; t++)
        {
            one.Step(both, both);
            other.Step(x, y);
            Bits.AssertSame("outputs", y, both);
            y.CopyTo(x, 0);
        }
    }

    [Fact]
    public void Any_other_overlap_is_refused_and_changes_nothing()
    {
        using var session = StreamInput<Echo>.Model().CreateSession(new() { BatchSize = 2 });
        var memory = Experiment.Numbers(new Random(1), 60, 1);
        var (kept, state) = (memory.ToArray(), session.GetState());
        foreach (var offset in (int[])[1, 5, 9, 10, 19])
        {
            Refused("x and y overlap", () => session.Run(memory.AsSpan(0, 20), memory.AsSpan(offset, 20)));
            Refused("x and y overlap", () => session.Run(memory.AsSpan(offset, 20), memory.AsSpan(0, 20)));
        }

        Refused("x and y overlap", () => session.Step(memory.AsSpan(0, 10), memory.AsSpan(9, 10)));
        Refused("x and y overlap", () =>
            session.Step(MemoryMarshal.Cast<byte, float>(MemoryMarshal.AsBytes(memory.AsSpan())[2..42]), memory.AsSpan(0, 10)));
        Refused("x and y overlap", () =>
            session.Run(new ReadOnlyTensorSpan<float>(memory, 0, [2, 2, 5], []), new TensorSpan<float>(memory, 5, [2, 2, 5], [])));
        Assert.Equal(kept, memory);
        Assert.Equal(state, session.GetState());

        session.Run(memory.AsSpan(0, 20), memory.AsSpan(20, 20));
        session.Step(memory.AsSpan(10, 10), memory.AsSpan(0, 10));
        session.Run(memory.AsSpan(0, 0), memory.AsSpan(0, 0));
        Assert.NotEqual(state, session.GetState());
    }

    [Fact]
    public void Where_outputs_are_longer_or_shorter_than_inputs_they_have_nothing_in_common()
    {
        using var session = new LossOnTheCell(1).CreateSession(new() { BatchSize = 2 });
        var memory = new float[60];
        Refused("x and y overlap: they may be the very same memory, of the same length, or have nothing in common", () =>
            session.Step(memory.AsSpan(0, 8), memory.AsSpan(0, 10)));
        Refused("x and y overlap", () => session.Run(memory.AsSpan(0, 16), memory.AsSpan(0, 20)));
        session.Run(memory.AsSpan(0, 16), memory.AsSpan(16, 20));
    }

    [Fact]
    public void Tokens_lie_nowhere_under_the_output()
    {
        using var session = new EmbeddedText(1).CreateSession();
        var memory = new float[12 * 11];
        var tokens = MemoryMarshal.Cast<float, int>(memory.AsSpan());
        var state = session.GetState();
        Refused("tokens and y overlap: they may have nothing in common", () => session.Step(Ints(memory)[..1], memory.AsSpan(0, 11)));
        Refused("tokens and y overlap", () => session.Step(Ints(memory).Slice(10, 1), memory.AsSpan(0, 11)));
        Refused("tokens and y overlap", () => session.Run(Ints(memory).Slice(21, 2), memory.AsSpan(0, 22)));
        Refused("tokens and y overlap", () => session.Run(Ints(memory)[..2], memory.AsSpan(1, 22)));
        Assert.Equal(state, session.GetState());
        session.Run(tokens.Slice(22, 2), memory.AsSpan(0, 22));
        session.Step(tokens.Slice(44, 1), memory.AsSpan(45, 11));

        static ReadOnlySpan<int> Ints(float[] memory) => MemoryMarshal.Cast<float, int>(memory.AsSpan());
    }

    [Fact]
    public void A_predictor_and_a_generator_refuse_it_as_well()
    {
        using var predictor = new Listener(1).CreatePredictor(new() { BatchSize = 2, SequenceLength = 4, SourceLength = 3, Threads = 1 });
        var memory = new float[200];
        var (x, sourceTokens) = (new float[4], new int[2]);
        foreach (var name in (string[])["X", "SourceTokens", "SourceLengths"])
        {
            Refused($"{name} and y overlap", () =>
            {
                var ints = MemoryMarshal.Cast<float, int>(memory.AsSpan());
                ints[..2].Fill(1);
                predictor.Run(
                    new SequenceBatch
                    {
                        X = name == "X" ? memory.AsSpan(5, 4) : x,
                        SourceTokens = name == "SourceTokens" ? ints[..2] : sourceTokens,
                        SourceLengths = name == "SourceLengths" ? ints[..2] : [1, 1],
                    }, memory.AsSpan(0, 6));
            });
        }

        using var generator = new Caption(1).CreateGenerator(new() { BatchSize = 2 });
        generator.Start(new SequenceBatch { Condition = new float[8] });
        Refused("tokens and y overlap", () => generator.Step(MemoryMarshal.Cast<float, int>(memory.AsSpan(3, 2)), memory.AsSpan(0, 12)));
        var both = new int[12];
        Refused("tokens and lengths overlap", () => generator.Generate(0, -1, both.AsSpan(0, 8), both.AsSpan(7, 2)));
        generator.Generate(0, -1, both.AsSpan(0, 8), both.AsSpan(8, 2));
        Assert.Equal([4, 4], both.AsSpan(8, 2));
    }

    private static void InPlace<TModel>(int batch, int threads)
        where TModel : class, IModel<TModel>
    {
        Assert.Equal(TModel.Info.InputSize, TModel.Info.OutputSize);
        var model = StreamInput<TModel>.Model();
        var row = batch * TModel.Info.InputSize;
        var x = Experiment.Numbers(new Random(1), Steps * row, 1);
        var (expected, both) = (new float[x.Length], x.ToArray());
        using var apart = new Session<TModel>(model, new() { BatchSize = batch, Threads = 1 });
        using var over = new Session<TModel>(model, new() { BatchSize = batch, Threads = threads });
        apart.Run(x, expected);
        over.Run(both.AsSpan(0, 40 * row), both.AsSpan(0, 40 * row));
        for (var t = 40; t < Steps; t++)
            over.Step(both.AsSpan(t * row, row), both.AsSpan(t * row, row));
        Bits.AssertSame(TModel.Info.Name, expected, both);
    }

    private static void Refused(string message, Action action) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
}
