namespace FastRnn.Cli.Training;

/// <summary>How long to train: to a step, for a time, or whichever comes first.</summary>
/// <param name="Steps">The number of the last step, or null.</param>
/// <param name="Seconds">The time, or null.</param>
internal sealed record TrainingPlan(long? Steps, double? Seconds)
{
    /// <summary>Of a plan that says nothing: with the first build before it and the last sample after it, 90 seconds are enough.</summary>
    public const double DefaultSeconds = 60;

    /// <summary>The plan of who does not say anything.</summary>
    public static readonly TrainingPlan Default = new(null, DefaultSeconds);

    /// <summary>How much is done, 0 to 1.</summary>
    /// <param name="step">Steps so far.</param>
    /// <param name="seconds">Time spent on the plan so far.</param>
    public double Progress(long step, double seconds)
    {
        var bySteps = Steps is { } steps ? (double)step / steps : 0;
        var byTime = Seconds is { } limit ? seconds / limit : 0;
        return Math.Min(1, Math.Max(bySteps, byTime));
    }
}
