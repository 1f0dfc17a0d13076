using FastRnn.Cells;

namespace FastRnn.Cli.Models;

/// <summary>Adds two marked numbers with an LSTM layer: <c>gradflow --cells lstm</c>.</summary>
[Model, Input(2), Layer<Lstm>(32), Dense(1), MeanSquaredError]
internal sealed partial class AddingLstm;
