namespace FastRnn.Cli.Report;

/// <summary>One curve of a plot.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="Points">From left to right; what has no place on an axis makes a gap.</param>
internal sealed record Curve(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>Which colour and dashes, from 0; -1 takes the next.</summary>
    public int Style { get; init; } = -1;

    /// <summary>Whether it is one of many behind the others: thin, soft, and not in the legend.</summary>
    public bool IsFaint { get; init; }

    /// <summary>Whether each point is marked: for few of them.</summary>
    public bool HasDots { get; init; }
}
