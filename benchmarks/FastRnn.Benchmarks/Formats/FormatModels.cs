using FastRnn.Cells;

namespace FastRnn.Benchmarks.Formats;

// Layers as wide as their inputs: each step multiplies twice as many weights as the recurrence alone.

[Model, Input(128), Layer<Lstm>(128)]
internal sealed partial class Lstm128;

[Model, Input(256), Layer<Lstm>(256)]
internal sealed partial class Lstm256;

[Model, Input(512), Layer<Lstm>(512)]
internal sealed partial class Lstm512;

[Model, Input(1024), Layer<Lstm>(1024)]
internal sealed partial class Lstm1024;

[Model, Input(512), Layer<Gru>(512)]
internal sealed partial class Gru512;

[Model, Input(1024), Layer<Gru>(1024)]
internal sealed partial class Gru1024;

[Model, Input(40), Layer<Gru>(154), Dense(12)]
internal sealed partial class GruOfKeywords;
