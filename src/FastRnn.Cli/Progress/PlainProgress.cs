namespace FastRnn.Cli.Progress;

/// <summary>Lines, for files and pipes: at each mark, and a few between them where marks are far apart.</summary>
internal sealed class PlainProgress(Terminal terminal) : ITrainingProgress
{
    private readonly Heartbeat heartbeat = new();

    public void Note(FormattableString text) => terminal.Line(text);

    public void Step(in TrainingStatus status)
    {
        if (heartbeat.IsDue)
            Mark(status);
    }

    public void Mark(in TrainingStatus status)
    {
        heartbeat.Beat();
        terminal.Line(status.Text);
    }

    public void Sample(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            terminal.Lines.WriteLine($"  | {line}");
        }
    }
}
