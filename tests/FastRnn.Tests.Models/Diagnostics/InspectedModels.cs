using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Models;

/// <summary>Without a dense layer: outputs are states.</summary>
[Model, Input(3), Layer<Lstm>(5), MeanSquaredError]
internal sealed partial class InspectedLstm;

[Model, Input(3), Layer<Lstm>(18), Layer<Gru>(5), Dense(2), MeanSquaredError]
internal sealed partial class InspectedStack;

[Model, Input(2), Layer<Elman>(4), MeanSquaredError]
internal sealed partial class InspectedElman;

[Model, Input(1), Layer<ElmanRelu>(2), MeanSquaredError]
internal sealed partial class InspectedRelu;

[Model, Embedding(Vocabulary = 7, Size = 3), Layer<Gru>(6), Dense(7), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class InspectedText;

[Model, OneHot(Vocabulary = 5), Layer<Lstm>(3), Dense(5), SoftmaxCrossEntropy]
internal sealed partial class InspectedOneHot;

[Model, Input(2), Layer<Elman>(3)]
internal sealed partial class InspectedWithoutLoss;
