using FastRnn;
using FastRnn.Cells;

namespace FastRnnEmbedded._1;

/// <summary>One sample in, one sample out, 48,000 times a second.</summary>
[Model, Input(1)]
[Layer<Lstm>(16)]
[Dense(1)]
[MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class Effect;
