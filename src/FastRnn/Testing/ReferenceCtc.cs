namespace FastRnn.Testing;

/// <summary>The loss of <see cref="CtcAttribute"/> in double precision: the forward recurrence of Graves et al. (2006), equation by
/// equation.</summary>
public static class ReferenceCtc
{
    /// <summary>The negative logarithm of the probability of labels.</summary>
    /// <param name="outputs"><c>[T][C]</c>, before the softmax; class 0 is the blank.</param>
    /// <param name="labels">Each 1 to C - 1.</param>
    /// <returns>Infinity if there are too few steps.</returns>
    /// <exception cref="ArgumentException">A label is the blank or no class.</exception>
    public static double Of(double[][] outputs, int[] labels)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(labels);
        var logs = ReferenceLoss.LogSoftmax(outputs);
        int[] states = [0, .. labels.SelectMany(label => (int[])[label, 0])];
        if (Array.FindIndex(labels, label => label < 1 || (logs.Length > 0 && label >= logs[0].Length)) is var wrong and >= 0)
        {
            throw new ArgumentException($"Labels: expected classes from 1 on, got {labels[wrong]} as label {wrong}.", nameof(labels));
        }

        var alpha = states.Select((_, s) => s == 0 ? 0 : double.NegativeInfinity).ToArray();
        for (var t = 0; t < logs.Length; t++)
        {
            alpha = [.. states.Select((label, s) => logs[t][label] + LogSum(
                alpha[s], s > 0 ? alpha[s - 1] : double.NegativeInfinity,
                s > 1 && label != 0 && label != states[s - 2] && t > 0 ? alpha[s - 2] : double.NegativeInfinity))];
        }

        return -LogSum(alpha[^1], alpha.Length > 1 ? alpha[^2] : double.NegativeInfinity);
    }

    /// <summary>The loss of several sequences as a model declares it.</summary>
    /// <param name="info">The model; its loss is <see cref="LossKind.Ctc"/>.</param>
    /// <param name="outputs"><c>[B][T_b][C]</c>.</param>
    /// <param name="labels"><c>[B][U_b]</c>.</param>
    /// <param name="weights"><c>[B]</c>: what each sequence counts; null if all count 1.</param>
    /// <exception cref="ArgumentException">The model declares another loss, or a label is no class.</exception>
    public static double OfSequences(ModelInfo info, double[][][] outputs, int[][] labels, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (info.Loss != LossKind.Ctc)
        {
            throw new ArgumentException($"Loss of {info.Name}: {info.Loss} has no rows of labels.", nameof(info));
        }

        ReferenceShape.Expect(labels.Length, outputs.Length, "Labels", "sequences");
        ReferenceShape.Expect(weights?.Length ?? outputs.Length, outputs.Length, "Weights", "sequences");
        var (sum, count) = (0.0, 0.0);
        for (var b = 0; b < outputs.Length; b++)
        {
            var loss = (weights?[b] ?? 1) == 0 ? 0 : Of(outputs[b], labels[b]);
            var weight = info.ZeroInfinity && double.IsInfinity(loss) ? 0 : weights?[b] ?? 1;
            sum += weight == 0 ? 0 : weight * loss;
            count += weight;
        }

        return info.Reduction == Reduction.Mean && count > 0 ? sum / count : sum;
    }

    private static double LogSum(params ReadOnlySpan<double> logs)
    {
        var largest = double.NegativeInfinity;
        foreach (var log in logs)
        {
            largest = Math.Max(largest, log);
        }

        var sum = 0.0;
        foreach (var log in logs)
        {
            sum += double.IsNegativeInfinity(largest) ? 0 : Math.Exp(log - largest);
        }

        return largest + Math.Log(sum);
    }
}
