using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Embedded;

// More than chains: somebody other than kernels reads parameters here. The files were saved by models of these shapes whose parameters are
// numbers between -0.5 and 0.5.
[Model, Input(3), Layer<Lstm>(5, InitialState = InitialState.Learned), Dense(2), MeanSquaredError]
[Weights("Embedded/learned.safetensors", Width = 256)]
internal sealed partial class LearnedOf256;

[Model, Input(3), Layer<Gru>(17, Bidirectional = true), Pool(Pooling.Last), Dense(4), SoftmaxCrossEntropy]
[Weights("Embedded/bothways.safetensors", Format = WeightFormat.BFloat16, Width = 256)]
internal sealed partial class RoundedBothWaysOf256;

[Model, Encoder, Embedding(Vocabulary = 6, Size = 3), Layer<Gru>(4, Bidirectional = true), Decoder(Handover = Handover.Bridge),
    Embedding(Vocabulary = 7, Size = 4), Layer<Lstm>(18), Attention(AttentionScore.Additive, 5), Dense(7), SoftmaxCrossEntropy]
[Weights("Embedded/listener.safetensors", Format = WeightFormat.BFloat16, Width = 256)]
internal sealed partial class RoundedListenerOf256;
