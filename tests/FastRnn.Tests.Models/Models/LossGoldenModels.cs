namespace FastRnn.Tests.Models;

// One matrix, which a test makes the identity: outputs are inputs, and gradients of inputs those of the loss.
[Tested(TestTraits.Kinks)]
[Model, Input(6), Dense(6, Bias = false), MeanAbsoluteError]
internal sealed partial class AbsoluteSum;

[Tested(TestTraits.Kinks)]
[Model, Input(6), Dense(6, Bias = false), MeanAbsoluteError(Reduction = Reduction.Mean)]
internal sealed partial class AbsoluteMean;

[Model, Input(6), Dense(6, Bias = false), MeanSquaredError]
internal sealed partial class SquaredSum;

[Model, Input(6), Dense(6, Bias = false), MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class SquaredMean;

[Tested(TestTraits.Kinks)]
[Model, Input(6), Dense(6, Bias = false), Huber(Delta = 0.75)]
internal sealed partial class HuberSum;

[Tested(TestTraits.Kinks)]
[Model, Input(6), Dense(6, Bias = false), Huber(Delta = 0.75, Reduction = Reduction.Mean)]
internal sealed partial class HuberMean;

[Tested(TestTraits.Kinks)]
[Model, Input(6), Dense(6, Bias = false), Quantile(0.125, 0.5, 0.875)]
internal sealed partial class QuantileSum;

[Tested(TestTraits.Kinks)]
[Model, Input(6), Dense(6, Bias = false), Quantile(0.125, 0.5, 0.875, Reduction = Reduction.Mean)]
internal sealed partial class QuantileMean;

[Model, Input(6), Dense(6, Bias = false), SigmoidBinaryCrossEntropy]
internal sealed partial class BinarySum;

[Model, Input(6), Dense(6, Bias = false), SigmoidBinaryCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class BinaryMean;

[Model, Input(6), Dense(6, Bias = false), SoftmaxCrossEntropy]
internal sealed partial class SoftmaxSum;

[Model, Input(6), Dense(6, Bias = false), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class SoftmaxMean;

[Model, Input(6), Dense(6, Bias = false), SoftmaxCrossEntropy(LabelSmoothing = 0.25)]
internal sealed partial class SmoothedSum;

[Model, Input(6), Dense(6, Bias = false), SoftmaxCrossEntropy(LabelSmoothing = 0.25, Reduction = Reduction.Mean)]
internal sealed partial class SmoothedMean;
