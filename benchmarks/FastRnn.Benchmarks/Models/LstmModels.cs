using FastRnn.Cells;

namespace FastRnn.Benchmarks.Models;

// One LSTM layer each, without a read-out: what a peer's primitive computes. Streaming, batched inference and training share them.

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(8)]
internal sealed partial class Lstm_1x8;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(16)]
internal sealed partial class Lstm_1x16;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(20)]
internal sealed partial class Lstm_1x20;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(24)]
internal sealed partial class Lstm_1x24;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(32)]
internal sealed partial class Lstm_1x32;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(40)]
internal sealed partial class Lstm_1x40;

[Model, PyTorchInitialization, Input(1), Layer<Lstm>(64)]
internal sealed partial class Lstm_1x64;

[Model, PyTorchInitialization, Input(16), Layer<Lstm>(32)]
internal sealed partial class Lstm_16x32;

[Model, PyTorchInitialization, Input(64), Layer<Lstm>(128)]
internal sealed partial class Lstm_64x128;

[Model, PyTorchInitialization, Input(128), Layer<Lstm>(128)]
internal sealed partial class Lstm_128x128;

[Model, PyTorchInitialization, Input(256), Layer<Lstm>(256)]
internal sealed partial class Lstm_256x256;

[Model, PyTorchInitialization, Input(512), Layer<Lstm>(512)]
internal sealed partial class Lstm_512x512;

[Model, PyTorchInitialization, Input(1024), Layer<Lstm>(1024)]
internal sealed partial class Lstm_1024x1024;

/// <summary>A file of 268 MB, for <c>starts</c>.</summary>
[Model, PyTorchInitialization, Input(2048), Layer<Lstm>(2048), Layer<Lstm>(2048)]
internal sealed partial class Lstm_2048x2;
