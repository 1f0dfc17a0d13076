using FastRnn.Cells;

namespace FastRnn.Benchmarks.Models;

// Whole character models: embedding, recurrent layers, dense, softmax and cross-entropy. The LSTM of 128 units is Learning/CharacterModel.

[Model, PyTorchInitialization, Embedding(Vocabulary = 65, Size = 64)]
[Layer<Lstm>(512), Layer<Lstm>(512)]
[Dense(65), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WholeLstm_64x512_2;

[Model, PyTorchInitialization, Embedding(Vocabulary = 65, Size = 64)]
[Layer<Gru>(256), Layer<Gru>(256)]
[Dense(65), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WholeGru_64x256_2;

[Model, PyTorchInitialization, Embedding(Vocabulary = 65, Size = 64)]
[Layer<Elman>(256)]
[Dense(65), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WholeElman_64x256;

[Model, PyTorchInitialization, Embedding(Vocabulary = 65, Size = 16)]
[Layer<Lstm>(32)]
[Dense(65), SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WholeLstm_16x32;
