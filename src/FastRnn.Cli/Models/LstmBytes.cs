using FastRnn.Cells;

namespace FastRnn.Cli.Models;

/// <summary>A byte-level language model of two LSTM layers: <c>--cell lstm</c>, the default.</summary>
[Model]
[Embedding(Vocabulary = 256, Size = 64)]
[Layer<Lstm>(128), Layer<Lstm>(128)]
[Dense(256)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class LstmBytes;
