using FastRnn.Data;

namespace FastRnn.Tests.Models;

/// <summary>What a model shall put out.</summary>
/// <param name="Tokens"><c>[T, B]</c> for a softmax; else empty.</param>
/// <param name="Vectors"><c>[T, B, D]</c> for the other losses, from 0 to 1; else empty.</param>
internal sealed record TestTargets(int[] Tokens, float[] Vectors)
{
    public bool AreTokens => Tokens.Length > 0;

    /// <summary>As a trainer wants them.</summary>
    public Targets ForTraining => AreTokens ? Tokens : Vectors;

    public static TestTargets Random(ModelInfo info, int positions, int seed)
    {
        var random = new Random(seed);
        return info.Loss == LossKind.SoftmaxCrossEntropy
            ? new([.. Enumerable.Range(0, positions).Select(_ => random.Next(info.OutputSize))], [])
            : new([], [.. Enumerable.Range(0, positions * info.TargetSize).Select(_ => random.NextSingle())]);
    }
}
