using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Embedded;

// Weights that PyTorch wrote.
[Model, Input(3), Layer<Gru>(5), Layer<Gru>(5), Weights("interop_gru.safetensors")]
internal sealed partial class GruInOrder;

[Model, Input(3), Layer<Gru>(5), Layer<Gru>(5), Weights("interop_gru.safetensors", Width = 128)]
internal sealed partial class GruOf128;

[Model, Input(3), Layer<Lstm>(5), Layer<Lstm>(5), Weights("golden/interop_lstm.safetensors", Width = 512)]
internal sealed partial class LstmOf512;

// Several tiles, the last one not full; a table; and an end of another shape. The file was saved by TextFresh(seed: 7).
[Model, Embedding(Vocabulary = 11, Size = 6), Layer<Lstm>(37), Layer<Gru>(70), Dense(11), SoftmaxCrossEntropy]
internal sealed partial class TextFresh;

[Model, Embedding(Vocabulary = 11, Size = 6), Layer<Lstm>(37), Layer<Gru>(70), Dense(11), SoftmaxCrossEntropy]
[Weights("Embedded/text.safetensors")]
internal sealed partial class TextInOrder;

[Model, Embedding(Vocabulary = 11, Size = 6), Layer<Lstm>(37), Layer<Gru>(70), Dense(11), SoftmaxCrossEntropy]
[Weights("Embedded/text.safetensors", Width = 128)]
internal sealed partial class TextOf128;

[Model, Embedding(Vocabulary = 11, Size = 6), Layer<Lstm>(37), Layer<Gru>(70), Dense(11), SoftmaxCrossEntropy]
[Weights("Embedded/text.safetensors", Width = 256)]
internal sealed partial class TextOf256;

[Model, Embedding(Vocabulary = 11, Size = 6), Layer<Lstm>(37), Layer<Gru>(70), Dense(11), SoftmaxCrossEntropy]
[Weights("Embedded/text.safetensors", Width = 512)]
internal sealed partial class TextOf512;

[Model, Embedding(Vocabulary = 11, Size = 6), Layer<Lstm>(37), Layer<Gru>(70), Dense(11), SoftmaxCrossEntropy]
[Weights("Embedded/text.safetensors", Format = WeightFormat.BFloat16)]
internal sealed partial class RoundedTextInOrder;

[Model, Embedding(Vocabulary = 11, Size = 6), Layer<Lstm>(37), Layer<Gru>(70), Dense(11), SoftmaxCrossEntropy]
[Weights("Embedded/text.safetensors", Format = WeightFormat.BFloat16, Width = 256)]
internal sealed partial class RoundedTextOf256;

[Model, Embedding(Vocabulary = 11, Size = 6), Layer<Lstm>(37), Layer<Gru>(70), Dense(11), SoftmaxCrossEntropy]
[Weights("Embedded/text.safetensors", Format = WeightFormat.Int8)]
internal sealed partial class Int8Text;
