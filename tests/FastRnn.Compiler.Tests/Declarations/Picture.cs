using FastRnn.Cells;

namespace FastRnn.Compiler.Tests.Declarations;

[Model]
[Embedding(Vocabulary = 8, Size = 4)]
[Condition(5, ConditionTarget.State)]
[Layer<Lstm>(10)]
[Dense(8)]
[SoftmaxCrossEntropy]
public sealed partial class Picture;
