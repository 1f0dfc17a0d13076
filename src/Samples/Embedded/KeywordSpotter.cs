using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Embedded;

/// <summary>Forty log-mel energies every 10 ms in, the logits of twelve words out.</summary>
[Model, Weights("keywords.safetensors", Width = 256)]
[Input(40)]
[Layer<Gru>(154)]
[Dense(12)]
[SoftmaxCrossEntropy]
internal sealed partial class KeywordSpotter;
