using FastRnn;
using FastRnn.Cells;

namespace FastRnnEmbedded._1;

/// <summary>A guitar pedal: one sample in, one sample out, 48,000 times a second. Its weights are checked when the project is built, and
/// are data of the program.</summary>
[Model, Input(1)]
[Layer<Lstm>(16)]
[Dense(1)]
[MeanSquaredError(Reduction = Reduction.Mean)]
[Weights("effect.safetensors")]
internal sealed partial class EffectModel;
