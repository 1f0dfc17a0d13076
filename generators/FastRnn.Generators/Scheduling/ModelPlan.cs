using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Scheduling;

/// <summary>A model, scheduled: all that is emitted of it stands here.</summary>
/// <param name="Graph">The model.</param>
/// <param name="Layers">The plan of each layer.</param>
internal sealed record ModelPlan(ModelGraph Graph, EquatableArray<LayerPlan> Layers);
