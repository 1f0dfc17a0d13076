namespace FastRnn.Execution;

/// <summary>The weights of classes and of positive targets, at the door.</summary>
internal static class LossWeightCheck
{
    /// <summary>A copy of those that the model's loss has a use for; empty if there are none.</summary>
    /// <exception cref="ArgumentException">There are some for another loss or another number of outputs, one is negative or no finite
    /// number, or no class counts.</exception>
    public static float[] Take(ModelInfo info, RunOptions options)
    {
        Check(info, options, options.ClassWeights, nameof(options.ClassWeights), LossKind.SoftmaxCrossEntropy);
        Check(info, options, options.PositiveWeights, nameof(options.PositiveWeights), LossKind.SigmoidBinaryCrossEntropy);
        if (options.ClassWeights.Count > 0 && options.ClassWeights.All(weight => weight == 0))
        {
            throw new ArgumentException("ClassWeights: expected a weight above 0, got none; nothing would count.", nameof(options));
        }

        return [.. options.ClassWeights, .. options.PositiveWeights];
    }

    private static void Check(ModelInfo info, RunOptions options, IReadOnlyList<float> weights, string name, LossKind loss)
    {
        ArgumentNullException.ThrowIfNull(weights, "options." + name);
        if (weights.Count == 0)
        {
            return;
        }

        if (info.Loss != loss)
        {
            throw new ArgumentException(
                $"{name}: expected none, because {info.Name} is trained with {info.Loss} and not with {loss}, got {weights.Count}.",
                nameof(options));
        }

        if (weights.Count != info.OutputSize)
        {
            throw new ArgumentException(
                $"{name}: expected one for each of the {info.OutputSize} outputs of {info.Name}, got {weights.Count}.", nameof(options));
        }

        for (var i = 0; i < weights.Count; i++)
        {
            if (!(weights[i] >= 0 && float.IsFinite(weights[i])))
            {
                throw new ArgumentException(string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"{name}, output {i}: expected a finite number from 0 on, got {weights[i]}."), nameof(options));
            }
        }
    }
}
