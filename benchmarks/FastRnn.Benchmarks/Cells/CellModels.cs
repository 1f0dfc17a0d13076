using FastRnn.Cells;

namespace FastRnn.Benchmarks.Cells;

// Every built-in cell at one size. A projected LSTM carries half as many numbers as it has units.

[Model, Input(64), Layer<Elman>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfElman;

[Model, Input(64), Layer<Irnn>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfIrnn;

[Model, Input(64), Layer<IndRnn>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfIndRnn;

[Model, Input(64), Layer<Jordan>(128, 128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfJordan;

[Model, Input(64), Layer<MinimalGatedUnit>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfMinimalGatedUnit;

[Model, Input(64), Layer<Gru>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfGru;

[Model, Input(64), Layer<GruResetBefore>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfGruResetBefore;

[Model, Input(64), Layer<Lstm>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfLstm;

[Model, Input(64), Layer<CoupledLstm>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfCoupledLstm;

[Model, Input(64), Layer<PeepholeLstm>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfPeepholeLstm;

[Model, Input(64), Layer<ProjectedLstm>(128, 64), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfProjectedLstm;

[Model, Input(64), Layer<LayerNormLstm>(128), Dense(32), SoftmaxCrossEntropy]
internal sealed partial class OfLayerNormLstm;
