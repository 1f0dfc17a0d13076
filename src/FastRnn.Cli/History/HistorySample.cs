namespace FastRnn.Cli.History;

/// <summary>What the model wrote.</summary>
/// <param name="Step">After which step.</param>
/// <param name="Text">Made printable.</param>
internal sealed record HistorySample(long Step, string Text);
