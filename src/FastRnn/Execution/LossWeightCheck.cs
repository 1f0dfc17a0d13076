namespace FastRnn.Execution;

/// <summary>The weights of classes and of positive targets, at the door.</summary>
internal static class LossWeightCheck
{
    /// <summary>One for each output, of those that the losses of the model have a use for, 1 for the others; empty if there are
    /// none.</summary>
    /// <exception cref="ArgumentException">There are some for another loss or another number of outputs, one is negative or no finite
    /// number, or no class counts.</exception>
    public static float[] Take(ModelInfo info, RunOptions options)
    {
        Check(info, options, options.ClassWeights, nameof(options.ClassWeights), LossKind.SoftmaxCrossEntropy);
        Check(info, options, options.PositiveWeights, nameof(options.PositiveWeights), LossKind.SigmoidBinaryCrossEntropy);
        if (options.ClassWeights.Count + options.PositiveWeights.Count == 0)
        {
            return [];
        }

        var weights = new float[info.OutputSize];
        Array.Fill(weights, 1);
        var (classes, positives) = (0, 0);
        foreach (var head in info.Heads)
        {
            var own = weights.AsSpan(head.Offset, head.Size);
            if (head.IsClassification && options.ClassWeights.Count > 0)
            {
                Copy(options.ClassWeights, ref classes, own);
                if (!own.ContainsAnyExcept(0f))
                {
                    throw new ArgumentException(
                        $"ClassWeights{(head.Name.Length > 0 ? $", head \"{head.Name}\"" : "")}: expected a weight above 0, got none; "
                            + "nothing would count.", nameof(options));
                }
            }
            else if (head.Loss == LossKind.SigmoidBinaryCrossEntropy && options.PositiveWeights.Count > 0)
            {
                Copy(options.PositiveWeights, ref positives, own);
            }
        }

        return weights;
    }

    private static void Copy(IReadOnlyList<float> from, ref int first, Span<float> to)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] = from[first + i];
        }

        first += to.Length;
    }

    private static void Check(ModelInfo info, RunOptions options, IReadOnlyList<float> weights, string name, LossKind loss)
    {
        ArgumentNullException.ThrowIfNull(weights, "options." + name);
        if (weights.Count == 0)
        {
            return;
        }

        var outputs = info.Heads.Where(head => head.Loss == loss).Sum(head => head.Size);
        if (outputs == 0)
        {
            throw new ArgumentException(
                $"{name}: expected none, because {info.Name} is trained with {info.Loss} and not with {loss}, got {weights.Count}.",
                nameof(options));
        }

        if (weights.Count != outputs)
        {
            throw new ArgumentException(
                $"{name}: expected one for each of the {outputs} outputs of {info.Name}"
                    + $"{(outputs == info.OutputSize ? "" : $" that {loss} trains")}, got {weights.Count}.", nameof(options));
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
