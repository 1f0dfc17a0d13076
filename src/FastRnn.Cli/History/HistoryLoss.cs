namespace FastRnn.Cli.History;

/// <summary>A validation loss.</summary>
/// <param name="Step">After which it was measured.</param>
/// <param name="Loss">Nats a byte.</param>
internal sealed record HistoryLoss(long Step, double Loss);
