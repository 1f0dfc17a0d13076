namespace FastRnn.Distributed.Planning;

/// <summary>What it costs to send something from one rank to another.</summary>
/// <param name="Latency">Seconds until the first byte is there.</param>
/// <param name="BytesPerSecond">How fast the others follow.</param>
public readonly record struct NetworkSpeed(double Latency, double BytesPerSecond)
{
    /// <summary>Seconds that a message takes.</summary>
    public double Seconds(double bytes) => Latency + (bytes / BytesPerSecond);
}
