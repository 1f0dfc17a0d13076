namespace FastRnn.Cli.GradientFlow;

/// <summary>A unit of a state, over a text.</summary>
/// <param name="Layer">The layer's index.</param>
/// <param name="State">The state's name.</param>
/// <param name="Unit">Its index.</param>
/// <param name="Feature">What it goes with; null if the user named it.</param>
/// <param name="Correlation">How closely, -1 to 1.</param>
/// <param name="Values">From -1 to 1, one for each character shown.</param>
internal sealed record Neuron(int Layer, string State, int Unit, string? Feature, double Correlation, IReadOnlyList<double> Values);
