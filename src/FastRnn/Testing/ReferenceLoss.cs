using FastRnn.Language;

namespace FastRnn.Testing;

/// <summary>The declared losses in double precision. Outputs are <c>[T][B][O]</c>, before any softmax.</summary>
public static class ReferenceLoss
{
    /// <summary>The loss against one token a position: <see cref="SoftmaxCrossEntropyAttribute"/>.</summary>
    /// <param name="info">The model; its loss is <see cref="LossKind.SoftmaxCrossEntropy"/>.</param>
    /// <param name="outputs"><c>[T][B][O]</c>.</param>
    /// <param name="targets"><c>[T, B]</c>, each 0 to O - 1.</param>
    /// <param name="classWeights"><c>[O]</c>: <see cref="RunOptions.ClassWeights"/>; null if all are 1.</param>
    /// <exception cref="ArgumentException">The model declares another loss, a target is no output, or a length is wrong.</exception>
    public static double OfTokens(ModelInfo info, double[][][] outputs, ReadOnlySpan<int> targets, double[]? classWeights = null)
    {
        var positions = Positions(outputs);
        if (targets.Length != positions)
        {
            throw new ArgumentException($"Targets: expected one for each of {positions} positions, got {targets.Length}.", nameof(targets));
        }

        var (sum, count, position) = (0.0, 0.0, 0);
        foreach (var logits in outputs.SelectMany(step => step))
        {
            var (loss, weight) = OfToken(info, logits, targets[position], position, classWeights);
            sum += loss;
            count += weight;
            position++;
        }

        return Reduce(info, sum, count);
    }

    /// <summary>The loss against one vector a position: that of every <see cref="LossKind"/> but
    /// <see cref="LossKind.SoftmaxCrossEntropy"/>.</summary>
    /// <param name="info">The model, which declares one of them.</param>
    /// <param name="outputs"><c>[T][B][O]</c>.</param>
    /// <param name="targets"><c>[T][B][D]</c>, D the numbers of a target (<see cref="ModelInfo.TargetSize"/>).</param>
    /// <param name="positiveWeights"><c>[O]</c>: <see cref="RunOptions.PositiveWeights"/>; null if all are 1.</param>
    /// <exception cref="ArgumentException">The model declares another loss, or a length is wrong.</exception>
    public static double OfVectors(ModelInfo info, double[][][] outputs, double[][][] targets, double[]? positiveWeights = null)
    {
        if (info.Quantiles.Count == 0 && info.Equations is null)
        {
            ReferenceShape.CheckSame(outputs, targets);
        }

        return OfSequences(info, outputs, targets, weights: null, positiveWeights);
    }

    /// <summary>The loss of sequences of any lengths against one token a position: <see cref="SoftmaxCrossEntropyAttribute"/>.</summary>
    /// <param name="info">The model; its loss is <see cref="LossKind.SoftmaxCrossEntropy"/>.</param>
    /// <param name="outputs"><c>[B][T_b][O]</c>.</param>
    /// <param name="targets"><c>[B][T_b]</c>, each 0 to O - 1; not read where the weight is 0.</param>
    /// <param name="weights"><c>[B][T_b]</c>: what each position counts, at least 0; null if all count 1. A mean is divided by their
    /// sum.</param>
    /// <param name="classWeights"><c>[O]</c>: <see cref="RunOptions.ClassWeights"/>; null if all are 1.</param>
    /// <exception cref="ArgumentException">The model declares another loss, a target is no output, or a length is wrong.</exception>
    public static double OfSequences(
        ModelInfo info, double[][][] outputs, int[][] targets, double[][]? weights = null, double[]? classWeights = null) =>
        OfSequences(info, outputs, targets, weights, (z, y, position) => OfToken(info, z, y, position, classWeights));

    /// <summary>The loss of sequences of any lengths against one vector a position: that of every <see cref="LossKind"/> but
    /// <see cref="LossKind.SoftmaxCrossEntropy"/>.</summary>
    /// <param name="info">The model, which declares one of them.</param>
    /// <param name="outputs"><c>[B][T_b][O]</c>.</param>
    /// <param name="targets"><c>[B][T_b][D]</c>, D the numbers of a target (<see cref="ModelInfo.TargetSize"/>); not read where the weight
    /// is 0.</param>
    /// <param name="weights"><c>[B][T_b]</c>: what each position counts, at least 0; null if all count 1. A mean is divided by their
    /// sum.</param>
    /// <param name="positiveWeights"><c>[O]</c>: <see cref="RunOptions.PositiveWeights"/>; null if all are 1.</param>
    /// <exception cref="ArgumentException">The model declares another loss, or a length is wrong.</exception>
    public static double OfSequences(
        ModelInfo info, double[][][] outputs, double[][][] targets, double[][]? weights = null, double[]? positiveWeights = null) =>
        OfSequences(info, outputs, targets, weights, (z, y, _) => (OfVector(info, z, y, positiveWeights), 1));

    /// <summary>A loss whose gradient is known: <c>sum(dY Y)</c> over all elements.</summary>
    /// <param name="outputs"><c>[T][B][O]</c>; states of a layer, <c>[state][B][...]</c>, are as welcome.</param>
    /// <param name="dOutputs">The gradient, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Linear(double[][][] outputs, double[][][] dOutputs)
    {
        ReferenceShape.CheckSame(outputs, dOutputs);
        return outputs.Zip(dOutputs, (step, dStep) => step.Zip(dStep, (y, dY) => y.Zip(dY, (a, b) => a * b).Sum()).Sum()).Sum();
    }

    /// <summary>The loss of sequences of any lengths of a model with heads (<see cref="ModelInfo.Heads"/>): the sum of the losses of all
    /// heads, each times its weight. A mean is divided by the sum of the weights of positions, whatever classes weigh.</summary>
    /// <param name="info">The model.</param>
    /// <param name="outputs"><c>[B][T_b][O]</c>.</param>
    /// <param name="numbers"><c>[B][T_b][D]</c>: the targets of heads that are trained with numbers, one behind the other.</param>
    /// <param name="tokens"><c>[B][T_b][K]</c>: a token for each head that classifies.</param>
    /// <param name="weights"><c>[B][T_b]</c>: what each position counts; null if all count 1.</param>
    /// <param name="outputWeights"><c>[O]</c>: what classes and positive targets count; null if all count 1.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a target is no output.</exception>
    public static double OfHeads(
        ModelInfo info, double[][][] outputs, double[][][] numbers, int[][][] tokens, double[][]? weights = null,
        double[]? outputWeights = null)
    {
        var sum = 0.0;
        foreach (var head in info.Heads)
        {
            var single = info with
            {
                Heads = [],
                Loss = head.Loss,
                Reduction = Reduction.Sum,
                LabelSmoothing = head.LabelSmoothing,
                HuberDelta = head.HuberDelta,
                Quantiles = head.Quantiles,
                Equations = head.Equations,
            };
            var own = Slice(outputs, head.Offset, head.Size);
            double[]? ownWeights = outputWeights is null ? null : [.. outputWeights.Skip(head.Offset).Take(head.Size)];
            sum += head.Weight * (head.IsClassification
                ? OfSequences(
                    single, own, [.. tokens.Select(row => row.Select(token => token[head.TargetToken]).ToArray())], weights, ownWeights)
                : OfSequences(single, own, Slice(numbers, head.TargetOffset, head.TargetSize), weights, ownWeights));
        }

        return Reduce(info, sum, weights?.Sum(row => row.Sum()) ?? Positions(outputs));
    }

    private static double[][][] Slice(double[][][] rows, int offset, int size) =>
        [.. rows.Select(row => row.Select(values => values.AsSpan(offset, size).ToArray()).ToArray())];

    /// <summary>What inference makes of outputs on their way out of a model; null if it leaves them as they are.</summary>
    internal static double[][][]? Normalized(ModelInfo info, double[][][] outputs) =>
        info.SoftmaxOutput ? Softmax(outputs)
        : info.LogSoftmaxOutput ? [.. outputs.Select(step => step.Select(LogSoftmax).ToArray())]
        : null;

    /// <summary>The logarithms of each position's outputs, normalised.</summary>
    internal static double[][] LogSoftmax(double[][] outputs) => [.. outputs.Select(LogSoftmax)];

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

    /// <summary>A loss, and what it counts in a mean.</summary>
    private static (double Loss, double Weight) OfToken(
        ModelInfo info, double[] logits, int target, int position, double[]? classWeights)
    {
        if (info.Loss != LossKind.SoftmaxCrossEntropy)
        {
            throw new ArgumentException($"Loss of {info.Name}: {info.Loss} has no token targets.", nameof(info));
        }

        if ((uint)target >= (uint)logits.Length)
        {
            throw new ArgumentException($"Target of position {position}: expected 0 to {logits.Length - 1}, got {target}.", nameof(target));
        }

        ReferenceShape.Expect(classWeights?.Length ?? logits.Length, logits.Length, "Class weights", "numbers");
        var weights = classWeights ?? [.. logits.Select(_ => 1.0)];
        if (weights[target] == 0)
        {
            return (0, 0);
        }

        // As PyTorch writes it: a loss for each class as if it were the label, times the weight of that class.
        double[] ofClass = [.. LogSoftmax(logits).Zip(weights, (log, weight) => -log * weight)];
        return ((1 - info.LabelSmoothing) * ofClass[target] + info.LabelSmoothing * ofClass.Average(), weights[target]);
    }

    private static double OfVector(ModelInfo info, double[] outputs, double[] targets, double[]? positiveWeights)
    {
        var quantiles = info.Equations?.Outputs ?? Math.Max(1, info.Quantiles.Count);
        ReferenceShape.Expect(targets.Length * quantiles, outputs.Length, "Target", quantiles == 1 ? "numbers" : "outputs");
        ReferenceShape.Expect(positiveWeights?.Length ?? outputs.Length, outputs.Length, "Positive weights", "numbers");
        if (info.Equations is { } equations)
        {
            return equations.Reference(outputs, targets);
        }

        if (info.Loss == LossKind.SigmoidBinaryCrossEntropy)
        {
            // -w y log(p) - (1 - y) log(1 - p): both logarithms without the number whose logarithm they are.
            return outputs.Select((z, i) => (positiveWeights?[i] ?? 1) * targets[i] * Softplus(-z) + (1 - targets[i]) * Softplus(z)).Sum();
        }

        if (info.Loss == LossKind.Quantile)
        {
            return outputs.Select((z, i) => Pinball(targets[i / quantiles] - z, info.Quantiles[i % quantiles])).Average();
        }

        Func<double, double, double> term = info.Loss switch
        {
            LossKind.MeanSquaredError => (z, y) => (z - y) * (z - y),
            LossKind.MeanAbsoluteError => (z, y) => Math.Abs(z - y),
            LossKind.Huber => (z, y) => Huber(z - y, info.HuberDelta),
            _ => throw new ArgumentException($"Loss of {info.Name}: {info.Loss} has no vector targets.", nameof(info)),
        };
        return outputs.Zip(targets, term).Sum() / outputs.Length;
    }

    private static double Huber(double difference, double delta) => Math.Abs(difference) <= delta
        ? difference * difference / 2
        : delta * Math.Abs(difference) - delta * delta / 2;

    private static double Pinball(double above, double quantile) => Math.Max(quantile * above, (quantile - 1) * above);

    private static double Softplus(double z) => Math.Max(z, 0) + Scalar.Log1P(Math.Exp(-Math.Abs(z)));

    private static double OfSequences<TTarget>(
        ModelInfo info, double[][][] outputs, TTarget[][] targets, double[][]? weights,
        Func<double[], TTarget, int, (double Loss, double Weight)> loss)
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
                if (weight != 0)
                {
                    var of = loss(outputs[b][t], targets[b][t], position);
                    sum += weight * of.Loss;
                    count += weight * of.Weight;
                }
            }
        }

        return Reduce(info, sum, count);
    }

    private static int Positions(double[][][] outputs) => outputs.Sum(step => step.Length);

    private static double Reduce(ModelInfo info, double sum, double count) =>
        info.Reduction == Reduction.Mean && count > 0 ? sum / count : sum;
}
