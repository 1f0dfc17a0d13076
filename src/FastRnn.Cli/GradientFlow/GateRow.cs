namespace FastRnn.Cli.GradientFlow;

/// <summary>A gate of one unit over the characters that are shown.</summary>
/// <param name="Name">Gate and unit.</param>
/// <param name="Values">From 0, shut, to 1, open.</param>
internal sealed record GateRow(string Name, IReadOnlyList<double> Values);
