using FastRnn.Cells;

namespace FastRnn.Cli.Gradients;

[Model, Input(3), Layer<ElmanSigmoid>(7), Layer<ElmanSigmoid>(5), Dense(2)]
internal sealed partial class CheckedElmanSigmoid;

[Model, Input(3), Layer<ElmanBiasFree>(7), Layer<ElmanBiasFree>(5), Dense(2)]
internal sealed partial class CheckedElmanBiasFree;

[Model, Input(3), Layer<Irnn>(7), Layer<Irnn>(5), Dense(2)]
internal sealed partial class CheckedIrnn;

[Model, Input(3), Layer<IndRnn>(7), Layer<IndRnn>(5), Dense(2)]
internal sealed partial class CheckedIndRnn;

[Model, Input(3), Layer<Jordan>(7, 3), Layer<Jordan>(5, 4), Dense(2)]
internal sealed partial class CheckedJordan;

[Model, Input(3), Layer<JordanSigmoid>(7, 3), Layer<JordanSigmoid>(5, 4), Dense(2)]
internal sealed partial class CheckedJordanSigmoid;

[Model, Input(3), Layer<GruResetBefore>(7), Layer<GruResetBefore>(5), Dense(2)]
internal sealed partial class CheckedGruResetBefore;

[Model, Input(3), Layer<MinimalGatedUnit>(7), Layer<MinimalGatedUnit>(5), Dense(2)]
internal sealed partial class CheckedMinimalGatedUnit;

[Model, Input(3), Layer<PeepholeLstm>(7), Layer<PeepholeLstm>(5), Dense(2)]
internal sealed partial class CheckedPeepholeLstm;

[Model, Input(3), Layer<CoupledLstm>(7), Layer<CoupledLstm>(5), Dense(2)]
internal sealed partial class CheckedCoupledLstm;

[Model, Input(3), Layer<ProjectedLstm>(7, 3), Layer<ProjectedLstm>(5, 4), Dense(2)]
internal sealed partial class CheckedProjectedLstm;

[Model, Input(3), Layer<LayerNormLstm>(7), Layer<LayerNormLstm>(5), Dense(2)]
internal sealed partial class CheckedLayerNormLstm;
