using FastRnn.Language;

namespace FastRnn.Testing;

/// <summary>The declared losses in double precision. Outputs are <c>[T][B][O]</c>, before any softmax.</summary>
public static class ReferenceLoss
{
    /// <summary>The loss against one token a position: <see cref="SoftmaxCrossEntropyAttribute"/>.</summary>
    /// <param name="info">The model; its loss is <see cref="LossKind.SoftmaxCrossEntropy"/>.</param>
    /// <param name="outputs"><c>[T][B][O]</c>.</param>
    /// <param name="targets"><c>[T, B]</c>, each 0 to O - 1.</param>
    /// <exception cref="ArgumentException">The model declares another loss, a target is no output, or a length is wrong.</exception>
    public static double OfTokens(ModelInfo info, double[][][] outputs, ReadOnlySpan<int> targets)
    {
        var positions = Positions(outputs);
        if (targets.Length != positions)
        {
            throw new ArgumentException($"Targets: expected one for each of {positions} positions, got {targets.Length}.", nameof(targets));
        }

        var (sum, position) = (0.0, 0);
        foreach (var logits in outputs.SelectMany(step => step))
        {
            sum += OfToken(info, logits, targets[position], position);
            position++;
        }

        return Reduce(info, sum, positions);
    }

    /// <summary>The loss against one vector a position: <see cref="SigmoidBinaryCrossEntropyAttribute"/> or
    /// <see cref="MeanSquaredErrorAttribute"/>.</summary>
    /// <param name="info">The model, which declares one of them.</param>
    /// <param name="outputs"><c>[T][B][O]</c>.</param>
    /// <param name="targets"><c>[T][B][O]</c>.</param>
    /// <exception cref="ArgumentException">The model declares another loss, or a length is wrong.</exception>
    public static double OfVectors(ModelInfo info, double[][][] outputs, double[][][] targets)
    {
        ReferenceShape.CheckSame(outputs, targets);
        return Reduce(
            info, outputs.Zip(targets, (step, ys) => step.Zip(ys, (z, y) => OfVector(info, z, y)).Sum()).Sum(), Positions(outputs));
    }

    /// <summary>The loss of sequences of any lengths against one token a position: <see cref="SoftmaxCrossEntropyAttribute"/>.</summary>
    /// <param name="info">The model; its loss is <see cref="LossKind.SoftmaxCrossEntropy"/>.</param>
    /// <param name="outputs"><c>[B][T_b][O]</c>.</param>
    /// <param name="targets"><c>[B][T_b]</c>, each 0 to O - 1; not read where the weight is 0.</param>
    /// <param name="weights"><c>[B][T_b]</c>: what each position counts, at least 0; null if all count 1. A mean is divided by their
    /// sum.</param>
    /// <exception cref="ArgumentException">The model declares another loss, a target is no output, or a length is wrong.</exception>
    public static double OfSequences(ModelInfo info, double[][][] outputs, int[][] targets, double[][]? weights = null) =>
        OfSequences(info, outputs, targets, weights, OfToken);

    /// <summary>The loss of sequences of any lengths against one vector a position: <see cref="SigmoidBinaryCrossEntropyAttribute"/> or
    /// <see cref="MeanSquaredErrorAttribute"/>.</summary>
    /// <param name="info">The model, which declares one of them.</param>
    /// <param name="outputs"><c>[B][T_b][O]</c>.</param>
    /// <param name="targets"><c>[B][T_b][O]</c>; not read where the weight is 0.</param>
    /// <param name="weights"><c>[B][T_b]</c>: what each position counts, at least 0; null if all count 1. A mean is divided by their
    /// sum.</param>
    /// <exception cref="ArgumentException">The model declares another loss, or a length is wrong.</exception>
    public static double OfSequences(ModelInfo info, double[][][] outputs, double[][][] targets, double[][]? weights = null) =>
        OfSequences(info, outputs, targets, weights, (model, z, y, _) => OfVector(model, z, y));

    /// <summary>A loss whose gradient is known: <c>sum(dY Y)</c> over all elements.</summary>
    /// <param name="outputs"><c>[T][B][O]</c>; states of a layer, <c>[state][B][...]</c>, are as welcome.</param>
    /// <param name="dOutputs">The gradient, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Linear(double[][][] outputs, double[][][] dOutputs)
    {
        ReferenceShape.CheckSame(outputs, dOutputs);
        return outputs.Zip(dOutputs, (step, dStep) => step.Zip(dStep, (y, dY) => y.Zip(dY, (a, b) => a * b).Sum()).Sum()).Sum();
    }

    /// <summary>What inference makes of outputs on their way out of a model; null if it leaves them as they are.</summary>
    internal static double[][][]? Normalized(ModelInfo info, double[][][] outputs) =>
        info.SoftmaxOutput ? Softmax(outputs)
        : info.LogSoftmaxOutput ? [.. outputs.Select(step => step.Select(LogSoftmax).ToArray())]
        : null;

    /// <summary>Each position's outputs normalised: positive and of sum 1.</summary>
    internal static double[][][] Softmax(double[][][] outputs) =>
        [.. outputs.Select(step => step.Select(Softmax).ToArray())];

    private static double[] Softmax(double[] logits)
    {
        var logSum = LogSumExp(logits);
        return [.. logits.Select(z => Math.Exp(z - logSum))];
    }

    private static double[] LogSoftmax(double[] logits)
    {
        var logSum = LogSumExp(logits);
        return [.. logits.Select(z => z - logSum)];
    }

    private static double LogSumExp(double[] logits)
    {
        var max = logits.Max();
        return max + Math.Log(logits.Sum(z => Math.Exp(z - max)));
    }

    private static double OfToken(ModelInfo info, double[] logits, int target, int position)
    {
        if (info.Loss != LossKind.SoftmaxCrossEntropy)
        {
            throw new ArgumentException($"Loss of {info.Name}: {info.Loss} has no token targets.", nameof(info));
        }

        if ((uint)target >= (uint)logits.Length)
        {
            throw new ArgumentException($"Target of position {position}: expected 0 to {logits.Length - 1}, got {target}.", nameof(target));
        }

        return LogSumExp(logits) - logits[target];
    }

    private static double OfVector(ModelInfo info, double[] outputs, double[] targets)
    {
        ReferenceShape.Expect(targets.Length, outputs.Length, "Target", "numbers");
        Func<double, double, double> term = info.Loss switch
        {
            LossKind.SigmoidBinaryCrossEntropy => (z, y) => Math.Max(z, 0) - z * y + Scalar.Log1P(Math.Exp(-Math.Abs(z))),
            LossKind.MeanSquaredError => (z, y) => (z - y) * (z - y) / info.OutputSize,
            _ => throw new ArgumentException($"Loss of {info.Name}: {info.Loss} has no vector targets.", nameof(info)),
        };
        return outputs.Zip(targets, term).Sum();
    }

    private static double OfSequences<TTarget>(
        ModelInfo info, double[][][] outputs, TTarget[][] targets, double[][]? weights,
        Func<ModelInfo, double[], TTarget, int, double> loss)
    {
        var (sum, count, position) = (0.0, 0.0, 0);
        ReferenceShape.Expect(targets.Length, outputs.Length, "Targets", "sequences");
        ReferenceShape.Expect(weights?.Length ?? outputs.Length, outputs.Length, "Weights", "sequences");
        for (var b = 0; b < outputs.Length; b++)
        {
            ReferenceShape.Expect(targets[b].Length, outputs[b].Length, $"Targets of sequence {b}", "positions");
            ReferenceShape.Expect(weights?[b].Length ?? outputs[b].Length, outputs[b].Length, $"Weights of sequence {b}", "positions");
            for (var t = 0; t < outputs[b].Length; t++, position++)
            {
                var weight = weights?[b][t] ?? 1;
                sum += weight == 0 ? 0 : weight * loss(info, outputs[b][t], targets[b][t], position);
                count += weight;
            }
        }

        return Reduce(info, sum, count);
    }

    private static int Positions(double[][][] outputs) => outputs.Sum(step => step.Length);

    private static double Reduce(ModelInfo info, double sum, double count) =>
        info.Reduction == Reduction.Mean ? sum / count : sum;
}
