using FastRnn.Cells;

namespace FastRnn.Benchmarks.Peers.Check;

/// <summary>Small enough for finite differences of every weight.</summary>
[Model]
[Input(3)]
[Layer<Gru>(4), Layer<Gru>(4)]
internal sealed partial class CheckGru;
