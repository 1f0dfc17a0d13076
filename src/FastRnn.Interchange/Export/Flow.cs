namespace FastRnn.Interchange.Export;

/// <summary>A value on its way through a model's wiring, by the name that it has where the model is written.</summary>
/// <param name="Name">The value. With a <paramref name="Side"/>, that of all directions of a layer.</param>
/// <param name="IsReversed">Whether its steps lie the other way round than the wiring says: a layer that reads backward hands its outputs
/// back at the steps that they belong to.</param>
/// <param name="Last">What the layer put out last, where it is at hand; with a <paramref name="Side"/>, of all directions.</param>
/// <param name="Side">Which direction of <paramref name="Name"/> it is; -1 for the value itself.</param>
/// <param name="IsSingle">Whether it is one vector a sequence.</param>
internal sealed record Flow(string Name, bool IsReversed = false, string? Last = null, int Side = -1, bool IsSingle = false);
