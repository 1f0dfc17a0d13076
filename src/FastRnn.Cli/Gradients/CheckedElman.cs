using FastRnn.Cells;

namespace FastRnn.Cli.Gradients;

/// <summary>Two layers of Elman and a dense one, as small as a check in double needs them, and of sizes that fill no vector.</summary>
[Model]
[Input(3)]
[Layer<Elman>(7), Layer<Elman>(5)]
[Dense(2)]
internal sealed partial class CheckedElman;
