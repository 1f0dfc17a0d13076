using FastRnn.Cells;

namespace FastRnn.Benchmarks.Peers.Check;

/// <summary>Small enough for finite differences of every weight.</summary>
[Model]
[Input(3)]
[Layer<Elman>(4), Layer<Elman>(4)]
internal sealed partial class CheckElman;
