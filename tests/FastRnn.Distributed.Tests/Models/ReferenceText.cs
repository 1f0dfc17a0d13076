using FastRnn.Cells;

namespace FastRnn.Distributed.Tests.Models;

/// <summary>The reference for learning Tiny Shakespeare: 65 characters.</summary>
[Model, Embedding(Vocabulary = 65, Size = 64), Layer<Lstm>(128), Layer<Lstm>(128), Dense(65),
    SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class ReferenceText;
