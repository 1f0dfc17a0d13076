using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Analysis;

/// <summary>What Analysis says of a model.</summary>
/// <param name="Key">The class's fully qualified name.</param>
/// <param name="Graph">Null if there is an error in the model or in one of its cells.</param>
/// <param name="Problems">What is wrong with the model itself.</param>
/// <param name="Weights">What it says of its weights; null for nothing.</param>
internal sealed record ModelOutcome(string Key, ModelGraph? Graph, EquatableArray<Problem> Problems, WeightsSpec? Weights = null);
