using FastRnn.Tests.Models;

namespace FastRnn.Tests.Gradients;

/// <summary>A model with numbers to run it with.</summary>
internal static class StructuredCase
{
    /// <summary>Not sorted, with equal ones, from one step to the most.</summary>
    private static readonly int[] Lengths = [4, 1, 9, 3, 9, 2];

    private static readonly int[] SourceLengths = [2, 7, 1, 5, 3, 7];

    public static (IStructuredModel Model, StructuredBatch Batch, float[] Parameters) Of(string name, int seed)
    {
        var model = StructuredModels.Of(name);
        var parameters = Experiment.RandomParameters(model.Info, new Random(seed + 1));
        return (model, StructuredBatch.Random(model.Info, Lengths, SourceLengths, seed), parameters);
    }
}
