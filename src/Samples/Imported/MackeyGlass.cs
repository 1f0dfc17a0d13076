// Imported: mackey_glass.onnx, ONNX, opset 20, by pytorch 2.14.1.
using FastRnn.Cells;

namespace FastRnn.Imported;

/// <summary>What the file says, from input to output.</summary>
[Model]
[Input(1)]
[Layer<Lstm>(32)]
[Dense(1)]
[Weights("MackeyGlass.safetensors")]
public sealed partial class MackeyGlass;
