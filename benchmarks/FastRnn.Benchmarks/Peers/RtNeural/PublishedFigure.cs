namespace FastRnn.Benchmarks.Peers.RtNeural;

/// <summary>A measurement on another machine.</summary>
/// <param name="Cell">The cell.</param>
/// <param name="InputSize">Width of a sample.</param>
/// <param name="HiddenSize">Width of the state.</param>
/// <param name="Nanoseconds">Of one step of one stream.</param>
internal sealed record PublishedFigure(CellKind Cell, int InputSize, int HiddenSize, double Nanoseconds);
