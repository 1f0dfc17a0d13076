namespace FastRnn.Cli.Training;

/// <summary>How a run ended.</summary>
internal enum TrainingOutcome
{
    Finished,
    Interrupted,
    Diverged,
}
