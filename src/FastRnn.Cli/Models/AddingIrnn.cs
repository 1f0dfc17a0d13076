using FastRnn.Cells;

namespace FastRnn.Cli.Models;

/// <summary>Adds two marked numbers with an IRNN layer: <c>gradflow --cells irnn</c>.</summary>
[Model, Input(2), Layer<Irnn>(32), Dense(1), MeanSquaredError]
internal sealed partial class AddingIrnn;
