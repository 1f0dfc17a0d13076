using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Samples.Keywords;

/// <summary>Hears forty bands every 10 ms and says what was said just now.</summary>
[Model, Input(LogMel.Bands)]
[Layer<Gru>(154)]
[Dense(Keyword.Classes)]
[SoftmaxCrossEntropy(Reduction = Reduction.Mean)]
internal sealed partial class KeywordModel;
