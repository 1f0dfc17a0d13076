using FastRnn.Cells;

namespace FastRnn.Benchmarks.Formats;

/// <summary>The keyword spotter of the samples: a layer, and a dense one behind it. The other rows are models of the tables.</summary>
[Model, Input(40), Layer<Gru>(154), Dense(12)]
internal sealed partial class GruOfKeywords;
