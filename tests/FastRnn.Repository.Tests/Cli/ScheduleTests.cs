using FastRnn.Cli.Training;

namespace FastRnn.Repository.Tests.Cli;

public sealed class ScheduleTests
{
    [Fact]
    public void Without_a_time_limit_neither_the_clock_nor_the_last_step_matters()
    {
        foreach (var step in new long[] { 0, 3, 19, 20, 1000, 5000 })
        {
            var rate = LearningRateSchedule.At(1, new TrainingPlan(6000, null), step, 0);
            Assert.Equal(rate, LearningRateSchedule.At(1, new TrainingPlan(9000, null), step, 1e6));
        }
    }

    [Fact]
    public void The_rate_rises_then_falls_to_a_tenth()
    {
        var plan = new TrainingPlan(null, 100);
        Assert.Equal(0.05f, LearningRateSchedule.At(1, plan, 0, 0), 1e-6f);
        Assert.Equal(1f, LearningRateSchedule.At(1, plan, 19, 0), 1e-6f);
        Assert.Equal(0.55f, LearningRateSchedule.At(1, plan, 500, 50), 1e-6f);
        Assert.Equal(0.1f, LearningRateSchedule.At(1, plan, 900, 100), 1e-6f);
        Assert.Equal(0.1f, LearningRateSchedule.At(1, new TrainingPlan(10_000, null), 9000, 0), 1e-6f);
    }

    [Fact]
    public void A_plan_is_done_by_whichever_limit_comes_first()
    {
        var plan = new TrainingPlan(10, 100);
        Assert.Equal(0.5, plan.Progress(5, 20));
        Assert.Equal(0.7, plan.Progress(5, 70));
        Assert.Equal(1, plan.Progress(10, 0));
        Assert.Equal(1, plan.Progress(0, 200));
    }
}
