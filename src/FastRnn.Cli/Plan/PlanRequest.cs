namespace FastRnn.Cli.Plan;

/// <summary>What <c>plan</c> was asked.</summary>
/// <param name="Model">A folder, or a C# file.</param>
/// <param name="BatchSize">Sequences of a batch.</param>
/// <param name="SequenceLength">Their steps.</param>
/// <param name="Threads">Of a rank; 0 is all processors.</param>
/// <param name="Ranks">The most ranks there may be.</param>
/// <param name="Latency">Of the network, in microseconds; null takes what is measured, or <see cref="DefaultLatency"/>.</param>
/// <param name="Bandwidth">Of the network, in Gbit/s; null takes what is measured, or <see cref="DefaultBandwidth"/>.</param>
/// <param name="Longest">The longest sequence in mean lengths.</param>
internal sealed record PlanRequest(
    string Model, int BatchSize, int SequenceLength, int Threads, int Ranks, double? Latency, double? Bandwidth, double Longest)
{
    public const int DefaultRanks = 1000, MostRanks = 100_000;

    /// <summary>A local network as it is usual.</summary>
    public const double DefaultLatency = 50, DefaultBandwidth = 1;

    /// <summary>For the measurement of a step.</summary>
    public const double Seconds = 2;

    /// <summary>Before it: a rank that is bound to one core is slow for its first five or six seconds.</summary>
    public static double WarmSeconds => Environment.ProcessorCount == 1 ? 9 : 1;
}
