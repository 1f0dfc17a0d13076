namespace FastRnn.Cli.History;

/// <summary>Some steps of a run, one after the other.</summary>
/// <param name="Step">The last of them.</param>
/// <param name="Loss">Nats a byte, the mean.</param>
/// <param name="GradientNorm">Before clipping, the mean.</param>
/// <param name="LargestNorm">The largest.</param>
/// <param name="LearningRate">Of the last.</param>
/// <param name="BytesPerSecond">Learned, the mean.</param>
internal sealed record HistoryPoint(
    long Step, double Loss, double GradientNorm, double LargestNorm, double LearningRate, double BytesPerSecond);
