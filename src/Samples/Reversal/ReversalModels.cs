using FastRnn.Cells;

namespace FastRnn.Samples.Reversal;

/// <summary>Each step of the decoder looks at all that the encoder read.</summary>
[Model]
[Encoder]
[Embedding(Vocabulary = ReversalTask.Vocabulary, Size = 16)]
[Layer<Gru>(64)]
[Decoder(Handover = Handover.States)]
[Embedding(Vocabulary = ReversalTask.Vocabulary, Size = 16)]
[Layer<Gru>(64)]
[Attention(AttentionScore.Additive, 32)]
[Dense(64, Activation = DenseActivation.Tanh)]
[Dense(ReversalTask.Vocabulary)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WithAttention;

/// <summary>The same without attention: all that the decoder knows of the sequence is the state that the encoder hands over.</summary>
[Model]
[Encoder]
[Embedding(Vocabulary = ReversalTask.Vocabulary, Size = 16)]
[Layer<Gru>(64)]
[Decoder(Handover = Handover.States)]
[Embedding(Vocabulary = ReversalTask.Vocabulary, Size = 16)]
[Layer<Gru>(64)]
[Dense(64, Activation = DenseActivation.Tanh)]
[Dense(ReversalTask.Vocabulary)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class WithoutAttention;
