using FastRnn.Cells;
using FastRnn.Language;
using FastRnn.Losses;

using static FastRnn.Language.Functions;

namespace FastRnn.Tests.Models;

[Tested(TestTraits.Sequences)]
[Model, Embedding(Vocabulary = 11, Size = 7), Layer<Lstm>(17), Dense(11), SoftmaxCrossEntropy]
internal sealed partial class EmbeddedText;

[Tested(TestTraits.Sequences)]
[Model, Embedding(Vocabulary = 5, Size = 17), Layer<MinimalGatedUnit>(9), Layer<Gru>(6), Dense(7),
    SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class EmbeddedTextMean;

[Tested(TestTraits.Sequences)]
[Model, OneHot(Vocabulary = 19), Layer<Gru>(9), Dense(19), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class OneHotText;

/// <summary><see cref="OneHotText"/> as it would be without a sparse path.</summary>
[Model, Input(19), Layer<Gru>(9), Dense(19), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class OneHotTextDense;

[Model, OneHot(Vocabulary = 6), Layer<MinimalGatedUnit>(18), Layer<Lstm>(5)]
internal sealed partial class OneHotStack;

[Model, Input(6), Layer<MinimalGatedUnit>(18), Layer<Lstm>(5)]
internal sealed partial class OneHotStackDense;

/// <summary>A cell that does more with its input than multiply it sees the whole one-hot vector.</summary>
[Model, OneHot(Vocabulary = 5), Layer<Rotation>(3)]
internal sealed partial class OneHotRotation;

[Model, Input(5), Layer<Rotation>(3)]
internal sealed partial class OneHotRotationDense;

/// <summary>The matrix that multiplies the input multiplies something else as well.</summary>
[Model, OneHot(Vocabulary = 19), Layer<Tied>(18)]
internal sealed partial class OneHotTied;

[Model, Input(19), Layer<Tied>(18)]
internal sealed partial class OneHotTiedDense;

[Model, OneHot(Vocabulary = 7), Dense(5, Activation = DenseActivation.Tanh), Layer<Elman>(4)]
internal sealed partial class OneHotIntoDense;

[Model, Input(7), Dense(5, Activation = DenseActivation.Tanh), Layer<Elman>(4)]
internal sealed partial class OneHotIntoDenseDense;

[Tested(TestTraits.Sequences | TestTraits.Kinks)]
[Model, Input(5), Layer<Elman>(9), Dense(18, Activation = DenseActivation.Relu), Layer<Lstm>(4),
    Dense(3, Activation = DenseActivation.Sigmoid), MeanSquaredError]
internal sealed partial class DenseInTheMiddle;

[Model, Input(5), Dense(7, Activation = DenseActivation.Sigmoid), Layer<Gru>(6), Dense(17), Dense(2),
    MeanSquaredError(Reduction = Reduction.Mean)]
internal sealed partial class DenseAtBothEnds;

/// <summary>Matrices alone, at both ends.</summary>
[Tested(TestTraits.Sequences)]
[Model, Input(5), Dense(18, Activation = DenseActivation.Tanh, Bias = false), Layer<Gru>(6), Dense(3, Bias = false), MeanSquaredError]
internal sealed partial class DenseWithoutBias;

[Model, OneHot(Vocabulary = 7), Dense(5, Bias = false), Layer<Elman>(4), Dense(7, Bias = false), SoftmaxCrossEntropy]
internal sealed partial class OneHotWithoutBias;

[Tested(TestTraits.Sequences)]
[Model, Input(3), Layer<Lstm>(6), Dense(5), SigmoidBinaryCrossEntropy]
internal sealed partial class PianoRoll;

[Tested(TestTraits.Sequences)]
[Model, Embedding(Vocabulary = 4, Size = 3), Layer<Elman>(5), Dense(18), SigmoidBinaryCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class PianoRollMean;

[Tested(TestTraits.Kinks)]
[Model, OneHot(Vocabulary = 6), Layer<MinimalGatedUnit>(5), Dense(6, Activation = DenseActivation.Relu), MeanSquaredError]
internal sealed partial class OneHotRegression;

[Tested(TestTraits.Sequences)]
[Model, Input(4), Layer<Gru>(5), MeanSquaredError]
internal sealed partial class LossOnTheCell;

[Tested(TestTraits.Sequences)]
[Model, Embedding(Vocabulary = 4, Size = 3), Layer<Elman>(5), Dense(18), SoftmaxCrossEntropy(LabelSmoothing = 0.1)]
internal sealed partial class SmoothedText;

[Tested(TestTraits.Sequences)]
[Model, Embedding(Vocabulary = 4, Size = 3), Layer<Elman>(5), Dense(7),
    SoftmaxCrossEntropy(LabelSmoothing = 0.5, Reduction = Reduction.Mean)]
internal sealed partial class SmoothedTextMean;

[Tested(TestTraits.Sequences | TestTraits.Kinks)]
[Model, Input(4), Layer<Gru>(5), Dense(3), MeanAbsoluteError]
internal sealed partial class AbsoluteForecast;

[Tested(TestTraits.Sequences | TestTraits.Kinks)]
[Model, Input(4), Layer<Gru>(5), Dense(18), MeanAbsoluteError(Reduction = Reduction.Mean)]
internal sealed partial class AbsoluteForecastMean;

[Tested(TestTraits.Sequences | TestTraits.Kinks)]
[Model, Input(4), Layer<Gru>(5), Dense(18), Huber(Delta = 0.4)]
internal sealed partial class HuberForecast;

[Tested(TestTraits.Sequences | TestTraits.Kinks)]
[Model, Input(4), Layer<Gru>(5), Dense(3), Huber(Reduction = Reduction.Mean)]
internal sealed partial class HuberForecastMean;

[Tested(TestTraits.Sequences | TestTraits.Kinks)]
[Model, Input(4), Layer<Gru>(5), Dense(18), Quantile(0.1f, 0.5f, 0.9f)]
internal sealed partial class QuantileForecast;

/// <summary>One output, which is the last step's.</summary>
[Tested(TestTraits.Sequences | TestTraits.Kinks)]
[Model, Input(4), Layer<Gru>(5), Pool(Pooling.Last), Dense(2), Quantile(0.25, 0.75, Reduction = Reduction.Mean)]
internal sealed partial class QuantileForecastMean;

[Tested(TestTraits.Sequences)]
[Model, Input(4), Layer<Gru>(5), Dense(18), Loss<LogCosh>]
internal sealed partial class LogCoshForecast;

/// <summary>Three targets: all means, then all logarithms of variances.</summary>
[Tested(TestTraits.Sequences)]
[Model, Input(4), Layer<Gru>(5), Dense(6), Loss<GaussianLikelihood>(Reduction = Reduction.Mean)]
internal sealed partial class GaussianForecast;

/// <summary>Nineteen targets: each of the vectors ends within a vector of any width.</summary>
[Tested(TestTraits.Sequences)]
[Model, Input(4), Layer<Elman>(5), Dense(38), Loss<WaitingSums>]
internal sealed partial class WaitingForecast;

/// <summary>Sums that wait for sums, numbers that meet vectors, and all operators.</summary>
[Loss]
internal sealed partial class WaitingSums
{
    private const double Share = 0.3;

    public Vec<Target> Step(Vec<Target> a, Vec<Target> b, Vec<Target> y)
    {
        var d = a - y;
        var spread = Sqrt(Mean(Square(d - Mean(d))) + 0.01);
        var angle = Sum(b * y) / Sqrt(Sum(Square(b)) * Sum(Square(y)) + 1);
        var loss = Share * (1 - angle) + Mean(Softplus(d / spread)) + Sum(Tanh(b)) * Mean(2.0 * spread);
        loss += Log(1 + Sum(Square(LayerNorm(b) - Sigmoid(y)))) / 7;
        return loss - Sum(a * angle) / 50;
    }
}

[Model, Input(3), Layer<Elman>(5), Dense(7, Activation = DenseActivation.Softmax)]
internal sealed partial class Probabilities;

/// <summary>The same parameters, and the logarithms of the same numbers.</summary>
[Model, Input(3), Layer<Elman>(5), Dense(7, Activation = DenseActivation.LogSoftmax)]
internal sealed partial class LogProbabilities;

/// <summary>Two phases, and worth splitting the units among threads.</summary>
[Tested(TestTraits.Splits)]
[Model, Input(40), Layer<MinimalGatedUnit>(300), Layer<Lstm>(20)]
internal sealed partial class LargeStack;

/// <summary>Its parameters, that is.</summary>
[Tested(TestTraits.Apart)]
[Model, Input(Size), Dense(Size), MeanSquaredError]
internal sealed partial class NineMegabytes
{
    public const int Size = 1500;
}

/// <summary>The outputs for a one-hot input are the weights.</summary>
[Model, Input(33), Dense(97)]
internal sealed partial class DenseAlone;
