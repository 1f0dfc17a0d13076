using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Models;

// Read-outs of three kinds, at each step and at the last: the pairs have the same parameters.
[Model, Input(3), Layer<Elman>(5), Dense(2), MeanSquaredError]
internal sealed partial class LinearOfEach;

[Model, Input(3), Layer<Elman>(5), Pool(Pooling.Last), Dense(2), MeanSquaredError]
internal sealed partial class LinearOfLast;

[Model, Input(3), Layer<Elman>(5), Dense(2, Activation = DenseActivation.Sigmoid), MeanSquaredError]
internal sealed partial class SigmoidOfEach;

[Model, Input(3), Layer<Elman>(5), Pool(Pooling.Last), Dense(2, Activation = DenseActivation.Sigmoid), MeanSquaredError]
internal sealed partial class SigmoidOfLast;

[Model, Input(3), Layer<Elman>(5), Dense(2, Activation = DenseActivation.Softmax)]
internal sealed partial class SoftmaxOfEach;

[Model, Input(3), Layer<Elman>(5), Pool(Pooling.Last), Dense(2, Activation = DenseActivation.Softmax)]
internal sealed partial class SoftmaxOfLast;

// A row of a table, and the product of a matrix with a one-hot vector.
[Model, Embedding(Vocabulary = 7, Size = 5), Layer<Elman>(6)]
internal sealed partial class CopiedRow;

[Model, Input(7), Dense(5), Layer<Elman>(6)]
internal sealed partial class MultipliedRow;
