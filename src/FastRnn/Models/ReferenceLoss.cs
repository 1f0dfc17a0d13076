using FastRnn.Language;

namespace FastRnn.Models;

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
        if (info.Loss != LossKind.SoftmaxCrossEntropy)
        {
            throw new ArgumentException($"Loss of {info.Name}: {info.Loss} has no token targets.", nameof(targets));
        }

        var positions = Positions(outputs);
        if (targets.Length != positions)
        {
            throw new ArgumentException($"Targets: expected one for each of {positions} positions, got {targets.Length}.", nameof(targets));
        }

        var (sum, position) = (0.0, 0);
        foreach (var logits in outputs.SelectMany(step => step))
        {
            var target = targets[position];
            if ((uint)target >= (uint)logits.Length)
            {
                throw new ArgumentException(
                    $"Target of position {position}: expected 0 to {logits.Length - 1}, got {target}.", nameof(targets));
            }

            sum += LogSumExp(logits) - logits[target];
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
        Func<double, double, double> term = info.Loss switch
        {
            LossKind.SigmoidBinaryCrossEntropy => (z, y) => Math.Max(z, 0) - z * y + Scalar.Log1P(Math.Exp(-Math.Abs(z))),
            LossKind.MeanSquaredError => (z, y) => (z - y) * (z - y) / info.OutputSize,
            _ => throw new ArgumentException($"Loss of {info.Name}: {info.Loss} has no vector targets.", nameof(targets)),
        };
        return Reduce(info, SumOver(outputs, targets, term), Positions(outputs));
    }

    /// <summary>A loss whose gradient is known: <c>sum(dY Y)</c> over all elements.</summary>
    /// <param name="outputs"><c>[T][B][O]</c>; states of a layer, <c>[state][B][...]</c>, are as welcome.</param>
    /// <param name="dOutputs">The gradient, of the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static double Linear(double[][][] outputs, double[][][] dOutputs) => SumOver(outputs, dOutputs, (y, dY) => y * dY);

    /// <summary>Each position's outputs normalised: positive and of sum 1.</summary>
    internal static double[][][] Softmax(double[][][] outputs) =>
        [.. outputs.Select(step => step.Select(Softmax).ToArray())];

    private static double[] Softmax(double[] logits)
    {
        var logSum = LogSumExp(logits);
        return [.. logits.Select(z => Math.Exp(z - logSum))];
    }

    private static double LogSumExp(double[] logits)
    {
        var max = logits.Max();
        return max + Math.Log(logits.Sum(z => Math.Exp(z - max)));
    }

    private static double SumOver(double[][][] outputs, double[][][] others, Func<double, double, double> term)
    {
        var sum = 0.0;
        ReferenceShape.CheckSame(outputs, others);
        for (var t = 0; t < outputs.Length; t++)
        {
            for (var row = 0; row < outputs[t].Length; row++)
            {
                for (var i = 0; i < outputs[t][row].Length; i++)
                {
                    sum += term(outputs[t][row][i], others[t][row][i]);
                }
            }
        }

        return sum;
    }

    private static int Positions(double[][][] outputs) => outputs.Sum(step => step.Length);

    private static double Reduce(ModelInfo info, double sum, int positions) =>
        info.Reduction == Reduction.Mean ? sum / positions : sum;
}
