using FastRnn.Cells;

namespace FastRnn.Benchmarks.Peers.Check;

/// <summary>A size that RTNeural was compiled for.</summary>
[Model]
[Input(1)]
[Layer<Lstm>(8)]
internal sealed partial class CheckStreamLstm;
