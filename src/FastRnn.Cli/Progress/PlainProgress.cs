using System.Diagnostics;

namespace FastRnn.Cli.Progress;

/// <summary>Lines, for files and pipes: at each mark, and where marks are far apart a few between them, the first one soon, so that a run
/// shows that it is alive.</summary>
internal sealed class PlainProgress(Terminal terminal) : ITrainingProgress
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2), Later = TimeSpan.FromSeconds(20);

    private readonly long begin = Stopwatch.GetTimestamp();
    private long said;

    public void Note(FormattableString text) => terminal.Line(text);

    public void Step(in TrainingStatus status)
    {
        if (said == 0 ? Stopwatch.GetElapsedTime(begin) > First : Stopwatch.GetElapsedTime(said) > Later)
            Mark(status);
    }

    public void Mark(in TrainingStatus status)
    {
        said = Stopwatch.GetTimestamp();
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
