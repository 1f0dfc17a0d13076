using FastRnn.Cells;

namespace FastRnn.Cli.Gradients;

/// <summary>Two layers of Gru and a dense one, as small as a check in double needs them, and of sizes that fill no vector.</summary>
[Model]
[Input(3)]
[Layer<Gru>(7), Layer<Gru>(5)]
[Dense(2)]
internal sealed partial class CheckedGru;
