using FastRnn.Cells;

namespace FastRnn.Benchmarks.Models;

/// <summary>The shape that the command line trains unless told otherwise: its first step after the start of a process has a goal of its
/// own.</summary>
[Model]
[Embedding(Vocabulary = 256, Size = 64)]
[Layer<Lstm>(128), Layer<Lstm>(128)]
[Dense(256)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class DefaultModel;
