using FastRnn.Cells;
using FastRnn.Language;

using BuiltIn = FastRnn.Cells.MinimalGatedUnit;

namespace FastRnn.Tests.Models;

[Model, Input(4), Layer<JordanSigmoid>(7, 3)]
internal sealed partial class JordanSigmoid_I4_H7_O3;

[Model, Input(6), Layer<JordanSigmoid>(5, 17), Layer<JordanSigmoid>(35, 2)]
internal sealed partial class JordanSigmoid_L2;

[Model, Input(3), Layer<PeepholeLstm>(5)]
internal sealed partial class PeepholeLstm_I3_H5;

[Model, Input(17), Layer<PeepholeLstm>(33), Layer<PeepholeLstm>(7)]
internal sealed partial class PeepholeLstm_L2;

[Model, Input(3), Layer<ProjectedLstm>(7, 5)]
internal sealed partial class ProjectedLstm_I3_H7_P5;

[Model, Input(5), Layer<ProjectedLstm>(33, 17), Layer<ProjectedLstm>(33, 17)]
internal sealed partial class ProjectedLstm_L2;

[Model, Input(6), Layer<Jordan>(5, 17), Layer<Jordan>(35, 2)]
internal sealed partial class Jordan_L2;

[Model, Input(3), Layer<GruResetBefore>(5)]
internal sealed partial class GruResetBefore_I3_H5;

[Model, Input(17), Layer<GruResetBefore>(33), Layer<GruResetBefore>(7)]
internal sealed partial class GruResetBefore_L2;

[Model, Input(3), Layer<CoupledLstm>(5)]
internal sealed partial class CoupledLstm_I3_H5;

[Model, Input(17), Layer<CoupledLstm>(33), Layer<CoupledLstm>(7)]
internal sealed partial class CoupledLstm_L2;

[Model, Input(3), Layer<Irnn>(5)]
internal sealed partial class Irnn_I3_H5;

[Model, Input(3), Layer<IndRnn>(5)]
internal sealed partial class IndRnn_I3_H5;

[Model, Input(17), Layer<IndRnn>(33), Layer<IndRnn>(7)]
internal sealed partial class IndRnn_L2;

[Model, Input(5), Layer<BuiltIn>(18), Layer<BuiltIn>(7)]
internal sealed partial class BuiltInMinimalGatedUnit_L2;

[Model, Input(5), Layer<ElmanSigmoid>(7)]
internal sealed partial class ElmanSigmoid_I5_H7;

[Model, Input(3), Layer<ElmanBiasFree>(5), Layer<ElmanBiasFree>(17)]
internal sealed partial class ElmanBiasFree_L2;

[Model, Input(3), Layer<LayerNormLstm>(5)]
internal sealed partial class LayerNormLstm_I3_H5;

[Model, Input(17), Layer<LayerNormLstm>(33), Layer<LayerNormLstm>(7)]
internal sealed partial class LayerNormLstm_L2;

/// <summary>For comparisons with the gated units of its sizes.</summary>
[Model, Input(3), Layer<Lstm>(5)]
internal sealed partial class Lstm_I3_H5;

/// <summary>So many units that every sum is one chain.</summary>
[Model, Input(3), Layer<Elman>(97)]
internal sealed partial class Elman_I3_H97;

/// <summary>A layer that is given x and h as one vector.</summary>
[Model, Input(3 + 97), Dense(97, Activation = DenseActivation.Tanh)]
internal sealed partial class DenseOfInputAndState;
