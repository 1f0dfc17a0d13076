using FastRnn.Training;

namespace FastRnn.Tests.Training;

public sealed class EarlyStoppingTests
{
    [Fact]
    public void It_stops_after_so_many_measurements_without_progress()
    {
        var rule = new EarlyStopping(patience: 3, minDelta: 0.5);
        (double Loss, bool IsBest, bool Stops)[] history =
        [
            (double.NaN, false, false), (5, true, false), (4.6, false, false), (4.5, false, false), (4.4, true, false),
            (double.PositiveInfinity, false, false), (4, false, false), (double.NaN, false, true),
        ];
        for (var i = 0; i < history.Length; i++)
        {
            Assert.Equal(history[i].IsBest, rule.Report(history[i].Loss, step: 10 * i));
            Assert.Equal(history[i].Stops, rule.ShouldStop);
        }

        Assert.Equal((4.4, 40L, 3), (rule.Best, rule.BestStep, rule.Waited));
    }

    [Fact]
    public void Numbers_out_of_their_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EarlyStopping(1, double.NaN));
    }
}
