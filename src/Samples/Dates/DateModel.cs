using FastRnn.Cells;

namespace FastRnn.Samples.Dates;

/// <summary>Reads a date as people write it and writes it as a machine wants it, a character at a time: each looks at the text for
/// itself.</summary>
[Model]
[Encoder]
[Embedding(Vocabulary = DatePairs.AlphabetSize, Size = 16)]
[Layer<Gru>(32, Bidirectional = true)]
[Decoder(Handover = Handover.Bridge)]
[Embedding(Vocabulary = DateWords.IsoVocabulary, Size = 16)]
[Layer<Gru>(64)]
[Attention(AttentionScore.Additive, 32)]
[Dense(64, Activation = DenseActivation.Tanh)]
[Dense(DateWords.IsoVocabulary)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class DateModel;
