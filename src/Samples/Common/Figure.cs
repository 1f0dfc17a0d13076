namespace FastRnn.Samples.Common;

/// <summary>A number that a sample found.</summary>
/// <param name="Name">What it is, in words: <c>error-to-signal ratio</c>.</param>
/// <param name="Value">The number.</param>
/// <param name="Format">How it is shown: <c>p2</c> for a share in per cent.</param>
/// <param name="Goal">What it should be: <c>below 1 %</c>; null if it is only told.</param>
/// <param name="Reached">Whether it is.</param>
internal sealed record Figure(string Name, double Value, string Format, string? Goal, bool Reached);
