namespace FastRnn.Cli.Progress;

/// <summary>Lines, for files and pipes.</summary>
internal sealed class PlainProgress(Terminal terminal) : ITrainingProgress
{
    public void Note(FormattableString text) => terminal.Line(text);

    public void Step(in TrainingStatus status)
    {
        // Steps move a bar; there is none.
    }

    public void Mark(in TrainingStatus status) => terminal.Line(status.Text);

    public void Sample(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            terminal.Lines.WriteLine($"  | {line}");
        }
    }
}
