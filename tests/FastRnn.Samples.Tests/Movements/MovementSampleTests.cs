using FastRnn.Samples.Common;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Movements;

public class MovementSampleTests
{
    [Fact]
    public void The_short_version_knows_the_order_which_a_summary_cannot()
    {
        var figures = ProgramRun.Quick("movements");
        Assert.InRange(figures["accuracy of a linear classifier on a summary"], 0.4, 0.65);
        Assert.InRange(figures["accuracy of a network on a summary"], 0.4, 0.65);
        Assert.InRange(figures["accuracy of the model"], 0.95, 1);
    }

    [Fact]
    public void Without_training_it_guesses_and_says_so()
    {
        var run = ProgramRun.Of("movements", "--quick", "--steps", "1", "--json");
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.InRange(run.Figures["accuracy of the model"], 0.05, 0.35);
    }
}
