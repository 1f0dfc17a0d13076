using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Samples.Movements;

/// <summary>Reads a movement from both ends and says what it was: many-to-one.</summary>
[Model, Input(Movement.Channels)]
[Layer<Gru>(32, Bidirectional = true)]
[Pool(Pooling.Last)]
[Dense(8)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class MovementModel;
