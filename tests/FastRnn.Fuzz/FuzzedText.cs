using FastRnn.Cells;

namespace FastRnn.Fuzz;

/// <summary>The model whose files are damaged: each kind of tensor that a file holds, and few numbers of each.</summary>
[Model, Embedding(Vocabulary = 5, Size = 3), Layer<Lstm>(4), Layer<Gru>(3), Dense(5), SoftmaxCrossEntropy]
internal sealed partial class FuzzedText;
