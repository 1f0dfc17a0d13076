namespace FastRnn.Cli.Bench;

/// <summary>One number of the table, or why there is none.</summary>
/// <param name="What"><c>stream_step</c>, <c>stream_block</c>, <c>batch</c> or <c>training</c>.</param>
/// <param name="Threads">The most workers.</param>
/// <param name="StepsPerSecond">Steps of all sequences together, the median; null if there is none.</param>
/// <param name="MicrosecondsPerCall">Of one call of the library, the median.</param>
/// <param name="Calls">That were measured.</param>
/// <param name="Problem">Why there is no number, or null.</param>
internal sealed record BenchRow(
    string What, int Threads, double? StepsPerSecond, double? MicrosecondsPerCall, long Calls, string? Problem);
