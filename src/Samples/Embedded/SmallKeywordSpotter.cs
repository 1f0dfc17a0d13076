using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Embedded;

/// <summary><see cref="KeywordSpotter"/> in a quarter of the bytes, to be streamed with int8 weights: the kernels are the same.</summary>
[Model, Weights("keywords.safetensors", Format = WeightFormat.Int8)]
[Input(40)]
[Layer<Gru>(154)]
[Dense(12)]
[SoftmaxCrossEntropy]
internal sealed partial class SmallKeywordSpotter;
