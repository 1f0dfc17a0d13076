namespace FastRnn.Cli.Progress;

/// <summary>What a user sees of one of many runs: that it is alive.</summary>
/// <param name="terminal">Receives the lines.</param>
/// <param name="heartbeat">That of all runs together.</param>
internal sealed class CandidateProgress(Terminal terminal, Heartbeat heartbeat) : ITrainingProgress
{
    public void Note(FormattableString text) => terminal.Line(text);

    public void Step(in TrainingStatus status)
    {
        if (!heartbeat.IsDue)
            return;
        heartbeat.Beat();
        terminal.Line($"    step {status.Step:n0}  loss {status.Loss:f3}  {status.BytesPerSecond:n0} characters/s");
    }

    public void Mark(in TrainingStatus status)
    {
        // The end of the candidate's turn is a line of its own.
    }

    public void Sample(string text)
    {
        // They are in its report.
    }
}
