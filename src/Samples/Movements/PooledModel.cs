using FastRnn.Language;

namespace FastRnn.Samples.Movements;

/// <summary>What the recurrent model has to beat: a network that reads a movement's mean, its maximum and its last reading as if they were
/// one step.</summary>
[Model, Input(3 * Movement.Channels)]
[Dense(64, Activation = DenseActivation.Relu)]
[Dense(8)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class PooledModel;
