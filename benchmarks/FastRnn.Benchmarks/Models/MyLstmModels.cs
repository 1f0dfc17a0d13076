namespace FastRnn.Benchmarks.Models;

// The cell of this project, once tiny and once large.

[Model, PyTorchInitialization, Input(1), Layer<MyLstm>(32)]
internal sealed partial class MyLstm_1x32;

[Model, PyTorchInitialization, Input(128), Layer<MyLstm>(128)]
internal sealed partial class MyLstm_128x128;
