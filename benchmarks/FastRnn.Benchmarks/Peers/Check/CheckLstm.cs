using FastRnn.Cells;

namespace FastRnn.Benchmarks.Peers.Check;

/// <summary>Small enough for finite differences of every weight.</summary>
[Model]
[Input(3)]
[Layer<Lstm>(4), Layer<Lstm>(4)]
internal sealed partial class CheckLstm;
