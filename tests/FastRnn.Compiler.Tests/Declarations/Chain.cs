using FastRnn.Cells;

namespace FastRnn.Compiler.Tests.Declarations;

[Model]
[Embedding(Vocabulary = 11, Size = 5)]
[Layer<Lstm>(12)]
[Dropout(0.2)]
[Layer<Gru>(9, RecurrentDropout = 0.1, InitialState = InitialState.Learned)]
[Dense(11)]
[SoftmaxCrossEntropy]
public sealed partial class Chain;
