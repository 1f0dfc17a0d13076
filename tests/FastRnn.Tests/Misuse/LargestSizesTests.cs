using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Misuse;

/// <summary>Sizes that cannot be are refused by name, before any memory is taken.</summary>
public sealed class LargestSizesTests : IDisposable
{
    private readonly LossOnTheCell model = new(seed: 1);

    public void Dispose() => model.Dispose();

    [Theory]
    [InlineData(1025)]
    [InlineData(int.MaxValue)]
    public void No_team_is_larger_than_1024(int threads)
    {
        Refuses("options.Threads", () => model.CreateSession(new() { Threads = threads }));
        Refuses("options.Threads", () => new Bptt<LossOnTheCell>(model, new() { BatchSize = 1, SequenceLength = 1, Threads = threads }));
        Refuses("options.Threads", () =>
            new Evaluator<LossOnTheCell>(model, new() { BatchSize = 1, SequenceLength = 1, Threads = threads }));
        Refuses("options.Threads", () => model.CreateTrainer(new() { Threads = threads }));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData((int.MaxValue / 16) + 1)]
    public void A_batch_whose_numbers_cannot_be_counted_is_refused(int batch)
    {
        Refuses("options.BatchSize", () => model.CreateSession(new() { BatchSize = batch }));
        Refuses("options.BatchSize", () => new Bptt<LossOnTheCell>(model, new() { BatchSize = batch, SequenceLength = 1 }));
        Refuses("options.BatchSize", () => new Evaluator<LossOnTheCell>(model, new() { BatchSize = batch, SequenceLength = 1 }));
        Refuses("options.BatchSize", () => model.CreateTrainer(new() { BatchSize = batch, SequenceLength = 1 }));
    }

    [Fact]
    public void Positions_that_cannot_be_counted_are_refused()
    {
        Refuses("options.BatchSize", () => new Bptt<LossOnTheCell>(model, new() { BatchSize = 2, SequenceLength = int.MaxValue }));
        Refuses("options.BatchSize", () => new Evaluator<LossOnTheCell>(model, new() { BatchSize = 1 << 16, SequenceLength = 1 << 15 }));
        Refuses("options.BatchSize", () => model.CreateTrainer(new() { BatchSize = 1 << 16, SequenceLength = 1 << 15 }));
    }

    [Fact]
    public void A_state_that_does_not_exist_is_refused_by_the_name_of_the_argument()
    {
        using var session = model.CreateSession();
        Assert.Equal("layer", Assert.Throws<ArgumentException>(() => session.GetState(7, 0, new float[5])).ParamName);
        Assert.Equal("state", Assert.Throws<ArgumentException>(() => session.GetState(0, 7, new float[5])).ParamName);
    }

    [Fact]
    public void A_state_that_is_set_is_flushed_like_one_that_is_computed()
    {
        const float Limit = 7.88860905e-31f;
        float[] values = [1e-40f, -MathF.BitDecrement(Limit), Limit, -Limit, 0.5f];
        float[] expected = [0, 0, Limit, -Limit, 0.5f];
        var got = new float[5];

        using var session = model.CreateSession();
        session.SetState(0, 0, values);
        session.GetState(0, 0, got);
        Assert.Equal(expected, got);

        using var bptt = new Bptt<LossOnTheCell>(model, new() { BatchSize = 1, SequenceLength = 1, Threads = 1 });
        bptt.SetState(0, 0, values);
        bptt.GetState(0, 0, got);
        Assert.Equal(expected, got);
    }

    private static void Refuses(string name, Func<IDisposable> create) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => create().Dispose()).ParamName);
}
