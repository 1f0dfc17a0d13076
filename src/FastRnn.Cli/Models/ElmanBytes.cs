using FastRnn.Cells;

namespace FastRnn.Cli.Models;

/// <summary>A byte-level language model of two Elman layers: <c>--cell elman</c>.</summary>
[Model]
[Embedding(Vocabulary = 256, Size = 64)]
[Layer<Elman>(128), Layer<Elman>(128)]
[Dense(256)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class ElmanBytes;
