using FastRnn.Cells;

namespace FastRnn.Cli.Models;

/// <summary>Adds two marked numbers with an Elman layer: <c>gradflow --cells elman</c>.</summary>
[Model, Input(2), Layer<Elman>(32), Dense(1), MeanSquaredError]
internal sealed partial class AddingElman;
