using System.Reflection;

using FastRnn.Cells;

namespace FastRnn.Tests.Models;

/// <summary>The models of this project: few, and one at least of each form of kernel, so that a change of a kernel or of what emits them is
/// tested before anything large is built. All others are in <c>FastRnn.Tests.Models</c>.</summary>
public sealed class CoreModels : IModelSet
{
    public static Assembly Assembly => typeof(CoreModels).Assembly;
}

/// <summary>Cells of every origin in one stack.</summary>
[Model, Input(6), Layer<Lstm>(9), Layer<MinimalGatedUnit>(17), Layer<Gru>(5), Layer<Elman>(3)]
internal sealed partial class MixedStack;

/// <summary>Large enough to fill the caches' and the compiler's limits.</summary>
[Tested(TestTraits.Splits)]
[Model, Embedding(Vocabulary = 96, Size = 64), Layer<Lstm>(256), Dense(96), SoftmaxCrossEntropy]
internal sealed partial class LargeText;

[Tested(TestTraits.Sequences)]
[Model, OneHot(Vocabulary = 19), Layer<LayerNormLstm>(18), Layer<ProjectedLstm>(9, 4), Dense(7), SoftmaxCrossEntropy]
internal sealed partial class NormalisedText;

/// <summary>Sums along rows, and worth splitting the units among threads.</summary>
[Tested(TestTraits.Splits)]
[Model, Input(40), Layer<LayerNormLstm>(210)]
internal sealed partial class LargeNormalised;

[Tested(TestTraits.Sequences)]
[Model, Embedding(Vocabulary = 7, Size = 3), Layer<Gru>(5, Bidirectional = true, Merge = Merge.Sum), Pool(Pooling.Last), Dense(4),
    SoftmaxCrossEntropy]
internal sealed partial class LastOfBoth;

[Tested(TestTraits.Sequences)]
[Model, Encoder, Embedding(Vocabulary = 6, Size = 3), Layer<Lstm>(5), Layer<Gru>(4), Decoder, Embedding(Vocabulary = 7, Size = 4),
    Layer<Lstm>(5), Layer<Gru>(4), Attention(AttentionScore.Dot), Dense(6, Activation = DenseActivation.Tanh), Dense(7),
    SoftmaxCrossEntropy]
internal sealed partial class Translator;
