namespace FastRnn.Cli.History;

/// <summary>What a report says of a run besides its curves.</summary>
/// <param name="Text">What was learned.</param>
/// <param name="Cell">The cell's name.</param>
/// <param name="Parameters">Learned numbers.</param>
/// <param name="BatchSize">Streams side by side.</param>
/// <param name="SequenceLength">Steps of a window.</param>
/// <param name="ClipNorm">The largest norm of a gradient.</param>
/// <param name="Problem">What ended it, or null.</param>
internal sealed record TrainingFacts(
    string Text, string Cell, int Parameters, int BatchSize, int SequenceLength, double ClipNorm, string? Problem);
