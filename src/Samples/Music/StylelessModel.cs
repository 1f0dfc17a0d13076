using FastRnn.Cells;

namespace FastRnn.Samples.Music;

/// <summary>The same, but nobody tells it the style.</summary>
[Model, Embedding(Vocabulary = Note.Vocabulary, Size = 32)]
[Layer<Lstm>(128)]
[Dense(Note.Vocabulary)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class StylelessModel;
