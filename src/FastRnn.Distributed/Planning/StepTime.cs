namespace FastRnn.Distributed.Planning;

/// <summary>How long a step takes, and with what.</summary>
/// <param name="Ranks">How many ranks there are.</param>
/// <param name="Compute">Seconds of a rank's even share of the work.</param>
/// <param name="Exchange">Seconds that wait for bytes.</param>
/// <param name="Waiting">Seconds that wait for other ranks: for the longest shard, and for the slices of the ranks before.</param>
/// <param name="Update">Seconds of the optimizer's step.</param>
public sealed record StepTime(int Ranks, double Compute, double Exchange, double Waiting, double Update)
{
    /// <summary>All of it.</summary>
    public double Seconds => Compute + Exchange + Waiting + Update;
}
