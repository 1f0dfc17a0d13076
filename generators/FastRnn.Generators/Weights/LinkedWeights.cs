using FastRnn.Generators.Analysis;
using FastRnn.Generators.Diagnostics;
using FastRnn.Generators.Parsing;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Weights;

/// <summary>A model that is right, what it says of its weights, and the additional files that this may mean.</summary>
internal sealed record LinkedWeights(string Key, ModelPlan Plan, WeightsSpec Spec, EquatableArray<WeightFile> Files)
{
    public ModelGraph Graph => Plan.Graph;

    public static LinkedWeights Link(string key, ModelPlan plan, WeightsSpec spec, IEnumerable<WeightFile> files) => new(
        key, plan, spec,
        new(files.Where(file => WeightPaths.Matches(file.Path, spec.Path))
            .GroupBy(file => file.Path, StringComparer.Ordinal).Select(same => same.First())
            .OrderBy(file => file.Path, StringComparer.Ordinal)));
}

/// <summary>What Weights says of a model.</summary>
/// <param name="Key">The class's fully qualified name.</param>
/// <param name="Plan">The model.</param>
/// <param name="File">The file; null if it is not to be used.</param>
/// <param name="Problems">Why not.</param>
internal sealed record WeightsOutcome(string Key, ModelPlan Plan, CheckedWeights? File, EquatableArray<Problem> Problems);
