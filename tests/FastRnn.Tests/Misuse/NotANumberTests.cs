using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Misuse;

/// <summary>What is no number stays in its row: it is seen there, and nowhere else.</summary>
public sealed class NotANumberTests
{
    private const int Steps = 6;
    private const int Batch = 17;
    private const int BadStep = 2;
    private const int BadRow = 5;

    public static TheoryData<string> Models => [.. TestModels.Names.Where(name => TestModels.Of(name).Info.Input == InputKind.Vector)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_bad_row_leaves_the_others_their_bits_and_hides_nothing(string name)
    {
        var model = TestModels.Of(name);
        var clean = Experiment.Random(model.Info, Steps, Batch, seed: 1);
        var x = (float[])clean.X.Clone();
        x.AsSpan((BadStep * Batch + BadRow) * model.Info.InputSize, model.Info.InputSize).Fill(float.NaN);
        var dirty = clean.With(x: x);

        foreach (var width in TestWidths.All)
        {
            var (expected, got) = (model.Backpropagate(clean, width), model.Backpropagate(dirty, width));
            Others(clean, expected, got);
            Others(clean, model.Infer(clean, [Steps], width), model.Infer(dirty, [Steps], width));
            Assert.Contains(clean.RowsOf(got.Outputs, BadRow, BadRow + 1), float.IsNaN);
            // The gradient of a linear model's input does not depend on it.
            if (model.Info.Layers.Any(layer => layer.IsRecurrent))
                Assert.Contains(clean.RowsOf(got.DInput, BadRow, BadRow + 1), float.IsNaN);
            Assert.Contains(got.Gradients, float.IsNaN);
        }
    }

    [Fact]
    public void A_stream_that_lost_its_state_is_told_and_comes_back_with_a_reset()
    {
        using var session = new LossOnTheCell(seed: 1).CreateSession(new() { BatchSize = 3 });
        var info = LossOnTheCell.Info;
        var (x, y, lost) = (new float[3 * info.InputSize], new float[3 * info.OutputSize], new bool[3]);
        Assert.Equal(0, Count(session, []));
        session.Step(x, y);
        Assert.Equal(0, Count(session, lost));
        foreach (var bad in (float[])[float.NaN, float.PositiveInfinity])
        {
            x[info.InputSize] = bad;
            session.Step(x, y);
            x[info.InputSize] = 0;
            session.Step(x, y);
            var isLost = float.IsNaN(y[info.OutputSize]);
            Assert.Equal(isLost ? 1 : 0, Count(session, lost));
            Assert.Equal([false, isLost, false], lost);
            session.Reset(1);
            Assert.Equal(0, Count(session, lost));
            Assert.Equal([false, false, false], lost);
        }

        Assert.Contains("lost [B]: expected 3 elements, got 2",
            Assert.Throws<ArgumentException>(() => Count(session, new bool[2])).Message, StringComparison.Ordinal);
        session.Reset();
        Assert.Equal(0, Count(session, lost));
    }

    private static int Count(Session<LossOnTheCell> session, Span<bool> lost)
    {
        var state = new SessionState<LossOnTheCell>(3);
        session.GetState(state);
        return state.CountLost(lost);
    }

    private static void Others(Experiment experiment, Recording expected, Recording got)
    {
        foreach (var (begin, end) in ((int, int)[])[(0, BadRow), (BadRow + 1, Batch)])
            Bits.AssertSame($"rows {begin} to {end - 1}", Rows(experiment, expected, begin, end), Rows(experiment, got, begin, end));
    }

    private static Recording Rows(Experiment experiment, Recording recording, int begin, int end) => new(
        experiment.RowsOf(recording.Outputs, begin, end),
        experiment.RowsOf(recording.States, begin, end),
        [],
        experiment.RowsOf(recording.DInput, begin, end),
        experiment.RowsOf(recording.DStates, begin, end));
}
