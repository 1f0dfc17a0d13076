using FastRnn.Cells;

namespace FastRnn.Cli.Models;

/// <summary>Adds two marked numbers with a GRU layer: <c>gradflow --cells gru</c>.</summary>
[Model, Input(2), Layer<Gru>(32), Dense(1), MeanSquaredError]
internal sealed partial class AddingGru;
