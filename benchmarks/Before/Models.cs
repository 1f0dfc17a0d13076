using FastRnn.Cells;

namespace FastRnn.Before;

// The models of FastRnn.Benchmarks that are measured here, with attributes that both commits have.

[Model, PyTorchInitialization, Embedding(Vocabulary = 65, Size = 64), Layer<Lstm>(128), Layer<Lstm>(128), Dense(65)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WholeLstm128;

[Model, PyTorchInitialization, Embedding(Vocabulary = 65, Size = 64), Layer<Lstm>(512), Layer<Lstm>(512), Dense(65)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WholeLstm512;

[Model, PyTorchInitialization, Embedding(Vocabulary = 65, Size = 64), Layer<Gru>(256), Layer<Gru>(256), Dense(65)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WholeGru256;

[Model, PyTorchInitialization, Embedding(Vocabulary = 65, Size = 64), Layer<Elman>(256), Dense(65)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WholeElman256;

[Model, PyTorchInitialization, Embedding(Vocabulary = 65, Size = 16), Layer<Lstm>(32), Dense(65)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WholeLstm32;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(8)]
internal sealed partial class Lstm8;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(16)]
internal sealed partial class Lstm16;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(32)]
internal sealed partial class Lstm32;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(64)]
internal sealed partial class Lstm64;

[Model, PyTorchInitialization, Input(1), Layer<Gru>(8)]
internal sealed partial class Gru8;

[Model, PyTorchInitialization, Input(1), Layer<Gru>(16)]
internal sealed partial class Gru16;

[Model, PyTorchInitialization, Input(1), Layer<Gru>(32)]
internal sealed partial class Gru32;

[Model, PyTorchInitialization, Input(1), Layer<Gru>(64)]
internal sealed partial class Gru64;

[Model, PyTorchInitialization, Input(128), Layer<Lstm>(128)]
internal sealed partial class Lstm128;

[Model, PyTorchInitialization, Input(256), Layer<Lstm>(256)]
internal sealed partial class Lstm256;

[Model, PyTorchInitialization, Input(512), Layer<Lstm>(512)]
internal sealed partial class Lstm512;

[Model, PyTorchInitialization, Input(1024), Layer<Lstm>(1024)]
internal sealed partial class Lstm1024;
