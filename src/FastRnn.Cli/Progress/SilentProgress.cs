namespace FastRnn.Cli.Progress;

/// <summary>Nobody watches.</summary>
internal sealed class SilentProgress : ITrainingProgress
{
    public void Note(FormattableString text)
    {
    }

    public void Step(in TrainingStatus status)
    {
    }

    public void Mark(in TrainingStatus status)
    {
    }

    public void Sample(string text)
    {
    }
}
