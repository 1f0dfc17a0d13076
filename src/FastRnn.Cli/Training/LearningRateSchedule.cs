using FastRnn.Training;

namespace FastRnn.Cli.Training;

/// <summary>A linear rise over the first steps, then a linear fall to a tenth.</summary>
/// <remarks>Under a plan with a time limit the fall takes as long as the plan. Without one it depends on the step's number alone, never on
/// the last step or the clock: a run to step 3 that is taken up again to step 6 gives the bits of a run to step 6.</remarks>
internal static class LearningRateSchedule
{
    private const int WarmUpSteps = 20;
    private const int FallSteps = 3000;
    private const double Least = 0.1;

    /// <summary>The learning rate of a step.</summary>
    /// <param name="peak">The largest.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="step">The step's number, from 0.</param>
    /// <param name="seconds">Time spent on the plan.</param>
    public static float At(float peak, TrainingPlan plan, long step, double seconds)
    {
        var fallen = plan.Seconds is null ? Math.Min(1, (double)step / FallSteps) : plan.Progress(step, seconds);
        return (float)(LinearDecay.Between(peak, Least * peak, fallen) * Warmup.FactorAt(step, WarmUpSteps));
    }
}
