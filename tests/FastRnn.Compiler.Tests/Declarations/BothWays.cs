using FastRnn.Cells;

namespace FastRnn.Compiler.Tests.Declarations;

[Model]
[Input(3)]
[Scale(0.5)]
[Layer<Lstm>(17, Bidirectional = true)]
[Layer<Gru>(6, Bidirectional = true, Merge = Merge.Sum)]
[Pool(Pooling.Mean)]
[Dense(8, Activation = DenseActivation.Tanh)]
[Activation(DenseActivation.Relu)]
[Dense(2, Bias = false)]
[MeanSquaredError]
public sealed partial class BothWays;
