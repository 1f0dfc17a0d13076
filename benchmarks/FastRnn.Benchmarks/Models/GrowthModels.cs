using FastRnn.Cells;

namespace FastRnn.Benchmarks.Models;

// What only the growth sweeps need: as many inputs as units, and stacks.

[Model, PyTorchInitialization, Input(16), Layer<Lstm>(16)]
internal sealed partial class Lstm_16x16;

[Model, PyTorchInitialization, Input(32), Layer<Lstm>(32)]
internal sealed partial class Lstm_32x32;

[Model, PyTorchInitialization, Input(64), Layer<Lstm>(64)]
internal sealed partial class Lstm_64x64;

[Model, PyTorchInitialization, Input(128), Layer<Lstm>(128), Layer<Lstm>(128)]
internal sealed partial class Lstm_128x128_2;

[Model, PyTorchInitialization, Input(128), Layer<Lstm>(128), Layer<Lstm>(128), Layer<Lstm>(128)]
internal sealed partial class Lstm_128x128_3;

[Model, PyTorchInitialization, Input(128), Layer<Lstm>(128), Layer<Lstm>(128), Layer<Lstm>(128), Layer<Lstm>(128)]
internal sealed partial class Lstm_128x128_4;
