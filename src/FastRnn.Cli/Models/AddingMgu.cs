using FastRnn.Cells;

namespace FastRnn.Cli.Models;

/// <summary>Adds two marked numbers with a layer of minimal gated units: <c>gradflow --cells mgu</c>.</summary>
[Model, Input(2), Layer<MinimalGatedUnit>(32), Dense(1), MeanSquaredError]
internal sealed partial class AddingMgu;
