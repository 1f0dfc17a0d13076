using FastRnn.Cells;

namespace FastRnn.Cli.Models;

/// <summary>Adds two marked numbers with an IndRNN layer: <c>gradflow --cells indrnn</c>.</summary>
[Model, Input(2), Layer<IndRnn>(32), Dense(1), MeanSquaredError]
internal sealed partial class AddingIndRnn;
