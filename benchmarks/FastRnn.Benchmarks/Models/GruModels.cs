using FastRnn.Cells;

namespace FastRnn.Benchmarks.Models;

// One GRU layer each.

[Model, PyTorchInitialization, Input(1), Layer<Gru>(8)]
internal sealed partial class Gru_1x8;

[Model, PyTorchInitialization, Input(1), Layer<Gru>(16)]
internal sealed partial class Gru_1x16;

[Model, PyTorchInitialization, Input(1), Layer<Gru>(24)]
internal sealed partial class Gru_1x24;

[Model, PyTorchInitialization, Input(1), Layer<Gru>(32)]
internal sealed partial class Gru_1x32;

[Model, PyTorchInitialization, Input(1), Layer<Gru>(40)]
internal sealed partial class Gru_1x40;

[Model, PyTorchInitialization, Input(1), Layer<Gru>(64)]
internal sealed partial class Gru_1x64;

[Model, PyTorchInitialization, Input(40), Layer<Gru>(154)]
internal sealed partial class Gru_40x154;

[Model, PyTorchInitialization, Input(256), Layer<Gru>(256)]
internal sealed partial class Gru_256x256;

[Model, PyTorchInitialization, Input(512), Layer<Gru>(512)]
internal sealed partial class Gru_512x512;

[Model, PyTorchInitialization, Input(1024), Layer<Gru>(1024)]
internal sealed partial class Gru_1024x1024;
