using FastRnn.Cells;

namespace FastRnn.Fuzz.Kills;

/// <summary>A file of 400 KB: large enough that a kill meets it half written.</summary>
[Model, Input(64), Layer<Lstm>(128)]
internal sealed partial class KilledModel;
