using FastRnn.Cells;

namespace FastRnn.Samples.Captions;

/// <summary>Says word by word what the filters saw: they make the state with which it begins.</summary>
[Model, Embedding(Vocabulary = 24, Size = 16)]
[Condition(FilterBank.Features, ConditionTarget.State)]
[Layer<Gru>(96)]
[Dense(24)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class CaptionModel;
