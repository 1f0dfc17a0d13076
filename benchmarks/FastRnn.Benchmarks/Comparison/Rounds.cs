namespace FastRnn.Benchmarks.Comparison;

/// <summary>How long a comparison takes.</summary>
/// <param name="Count">Rounds: in each, every side has its turn.</param>
/// <param name="TurnNs">About how long a turn is.</param>
/// <param name="WarmNs">How long a side runs before the first turn, at least.</param>
internal sealed record Rounds(int Count, double TurnNs, double WarmNs)
{
    public static Rounds Full { get; } = new(7, 110e6, 250e6);

    public static Rounds Quick { get; } = new(3, 40e6, 100e6);
}
