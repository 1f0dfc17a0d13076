using FastRnn.Cells;

namespace FastRnn.Cli.Models;

/// <summary>A byte-level language model of two GRU layers: <c>--cell gru</c>.</summary>
[Model]
[Embedding(Vocabulary = 256, Size = 64)]
[Layer<Gru>(128), Layer<Gru>(128)]
[Dense(256)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class GruBytes;
