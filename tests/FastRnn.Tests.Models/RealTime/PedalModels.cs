using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.RealTime;

[Model, Input(1), Layer<Lstm>(16), Dense(1), MeanSquaredError]
internal sealed partial class LstmPedal;

[Model, Input(1), Layer<Gru>(16), Dense(1), MeanSquaredError]
internal sealed partial class GruPedal;

[Model, Input(1), Layer<Elman>(16), Dense(1), MeanSquaredError]
internal sealed partial class ElmanPedal;

[Model, Input(1), Layer<LayerNormLstm>(16), Dense(1), MeanSquaredError]
internal sealed partial class NormalisedPedal;

/// <summary>A small keyword spotter.</summary>
[Model, Input(5), Layer<Gru>(18), Dense(3), SoftmaxCrossEntropy]
internal sealed partial class Spotter;
