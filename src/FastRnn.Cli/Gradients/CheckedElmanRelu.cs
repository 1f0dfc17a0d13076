using FastRnn.Cells;

namespace FastRnn.Cli.Gradients;

/// <summary>Two layers of ElmanRelu and a dense one, as small as a check in double needs them, and of sizes that fill no vector.</summary>
[Model]
[Input(3)]
[Layer<ElmanRelu>(7), Layer<ElmanRelu>(5)]
[Dense(2)]
internal sealed partial class CheckedElmanRelu;
