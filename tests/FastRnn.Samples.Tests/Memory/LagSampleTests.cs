using FastRnn.Samples.Common;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Memory;

public class LagSampleTests
{
    [Fact]
    public void Adding_far_apart_is_learnt_by_gated_cells_and_not_by_a_plain_one()
    {
        var figures = ProgramRun.Quick("adding");
        Assert.InRange(figures["LSTM at lag 100"], 0, 0.01);
        Assert.InRange(figures["GRU at lag 100"], 0, 0.01);
        Assert.InRange(figures["IRNN at lag 100"], 0, 0.12);
        Assert.InRange(figures["Elman at lag 100"], 0.14, 0.2);
    }

    [Fact]
    public void Copying_is_learnt_by_gated_cells_and_not_by_a_plain_one()
    {
        var figures = ProgramRun.Quick("copy");
        Assert.InRange(figures["GRU at lag 10"], 0.8, 1);
        Assert.InRange(figures["LSTM at lag 10"], 0.8, 1);
        Assert.InRange(figures["Elman at lag 10"], 0.1, 0.5);
    }

    [Theory]
    [InlineData("adding")]
    [InlineData("copy")]
    public void The_table_has_a_row_for_each_lag_that_the_user_wants(string name)
    {
        var run = ProgramRun.Of(name, "--steps", "2", "--lags", "3,7", "--json");
        Assert.Equal(ExitCodes.Success, run.ExitCode);
        Assert.Equal(
            ["Elman at lag 3", "IRNN at lag 3", "GRU at lag 3", "LSTM at lag 3", "Elman at lag 7", "IRNN at lag 7", "GRU at lag 7",
                "LSTM at lag 7"], run.Figures.Keys);
        Assert.Equal(16, run.Json.GetProperty("steps").GetInt32());
        Assert.Contains(run.Lines, line => line.StartsWith("     7 ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("adding", "1")]
    [InlineData("adding", "5,1001")]
    [InlineData("copy", "0")]
    [InlineData("copy", "5,5")]
    [InlineData("copy", "5;6")]
    public void Lags_that_there_cannot_be_are_refused(string name, string lags) =>
        ProgramRun.Of(name, "--lags", lags).AssertFails(ExitCodes.Usage, "--lags: expected different numbers from", $"got '{lags}'");

    [Fact]
    public void Ctrl_C_ends_the_table_where_it_is()
    {
        using var interrupt = new CancellationTokenSource();
        interrupt.Cancel();
        var run = ProgramRun.Of(interrupt.Token, "adding", "--json");
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Empty(run.Figures);
    }
}
