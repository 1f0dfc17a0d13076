using FastRnn.Cells;

namespace FastRnn.Benchmarks.Learning;

/// <summary>The reference for learning: 65 characters, embedding 64, LSTM 128 x 2, dense, started as PyTorch starts it.</summary>
[Model]
[PyTorchInitialization]
[Embedding(Vocabulary = 65, Size = 64)]
[Layer<Lstm>(128), Layer<Lstm>(128)]
[Dense(65)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class CharacterModel;
