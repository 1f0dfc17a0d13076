using FastRnn.Cells;

namespace FastRnn.Samples.Captions;

/// <summary>The same, but it reads what the filters saw in the first step, together with START.</summary>
[Model, Embedding(Vocabulary = 24, Size = 16)]
[Condition(FilterBank.Features, ConditionTarget.FirstInput)]
[Layer<Gru>(96)]
[Dense(24)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class FirstInputModel;
