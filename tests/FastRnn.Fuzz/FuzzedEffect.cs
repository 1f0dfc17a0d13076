using FastRnn.Cells;

namespace FastRnn.Fuzz;

/// <summary>A model whose file is part of an assembly: what the generator is told in <see cref="Targets.EmbeddedWeightsTarget"/>.</summary>
[Model, Input(2), Layer<Elman>(3), Dense(1)]
internal sealed partial class FuzzedEffect;
