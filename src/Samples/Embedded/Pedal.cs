using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Embedded;

/// <summary>A guitar pedal: one number in, one number out, 48,000 times a second.</summary>
[Model, Weights("pedal.safetensors", Width = 256)]
[Input(1)]
[Layer<Lstm>(16)]
[Dense(1)]
[MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class Pedal;
