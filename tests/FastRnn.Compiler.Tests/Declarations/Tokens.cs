using FastRnn.Cells;

namespace FastRnn.Compiler.Tests.Declarations;

[Model]
[OneHot(Vocabulary = 7)]
[Layer<Elman>(20)]
[Dense(7)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
public sealed partial class Tokens;
