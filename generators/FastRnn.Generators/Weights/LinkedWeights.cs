using FastRnn.Generators.Analysis;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;

namespace FastRnn.Generators.Weights;

/// <summary>A model that is right, what it says of its weights, and the additional files that this may mean.</summary>
internal sealed record LinkedWeights(string Key, ModelGraph Graph, WeightsSpec Spec, EquatableArray<WeightFile> Files)
{
    public static LinkedWeights Link(ModelOutcome model, IEnumerable<WeightFile> files) => new(
        model.Key, model.Graph!, model.Weights!,
        new(files.Where(file => WeightPaths.Matches(file.Path, model.Weights!.Path))
            .GroupBy(file => file.Path, StringComparer.Ordinal).Select(same => same.First())
            .OrderBy(file => file.Path, StringComparer.Ordinal)));
}

/// <summary>What Weights says of a model.</summary>
/// <param name="Key">The class's fully qualified name.</param>
/// <param name="Graph">The model.</param>
/// <param name="File">The file; null if it is not to be used.</param>
/// <param name="Problems">Why not.</param>
internal sealed record WeightsOutcome(string Key, ModelGraph Graph, CheckedWeights? File, EquatableArray<Problem> Problems);
