using FastRnn.Execution;

namespace FastRnn.Training;

/// <summary>What outputs are worth beside their loss, over all batches that an evaluator was given with it since <see cref="Clear"/>.
/// Positions count with their weights (<see cref="Data.SequenceBatch.Weights"/>), and those that do not count in the loss do not count
/// here. What a model's loss has no word for is NaN.</summary>
public sealed class EvaluationMetrics
{
    private double lossSum;
    private double lossWeight;
    private double tokenLoss;

    /// <summary>Receives labels and predictions of a model with <see cref="LossKind.SoftmaxCrossEntropy"/>; null counts none. It has as
    /// many classes as the model outputs.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>Of a model with several heads (<see cref="OutputAttribute"/>) what each of them is worth, in declared order, and its own
    /// loss, not multiplied by its weight: <c>new() { Heads = [new(), new() { Confusion = new(3) }] }</c>. Empty: only the loss of the
    /// model is measured.</summary>
    public IReadOnlyList<EvaluationMetrics> Heads { get; init; } = [];

    /// <summary>The mean loss of a position (<see cref="BatchLoss.PerPosition"/> of all batches); NaN if nothing counts.</summary>
    public double Loss => lossSum / lossWeight;

    /// <summary>The exponential of the mean loss of tokens (<see cref="LossKind.SoftmaxCrossEntropy"/>), with label smoothing and class
    /// weights where there are such.</summary>
    public double Perplexity => Math.Exp(tokenLoss / lossWeight);

    /// <summary>The share of right answers: the largest output is the label (<see cref="LossKind.SoftmaxCrossEntropy"/>; of equal ones the
    /// first counts), or outputs from 0 on (a probability of 1/2) have targets from 1/2 on and no others
    /// (<see cref="LossKind.SigmoidBinaryCrossEntropy"/>; each output is an answer).</summary>
    public double Accuracy => Sums.Right / Sums.Answers;

    /// <summary>The mean of |z - y| over all outputs, in the units of the targets; for the losses of numbers but
    /// <see cref="LossKind.Quantile"/>, which has <see cref="Coverage"/>, and <see cref="LossKind.Equations"/>.</summary>
    public double MeanAbsoluteError => Sums.Absolute / Sums.Errors;

    /// <summary>The square root of the mean of (z - y)^2 over all outputs, in the units of the targets; for the losses of numbers but
    /// <see cref="LossKind.Quantile"/> and <see cref="LossKind.Equations"/>.</summary>
    public double RootMeanSquaredError => Math.Sqrt(Sums.Squares / Sums.Errors);

    /// <summary>The mean over the quantiles of how far <see cref="Coverage"/> is from the level: 0 if forecasts are as sure as they say;
    /// for <see cref="LossKind.Quantile"/>.</summary>
    public double CoverageError
    {
        get
        {
            var sum = 0.0;
            for (var i = 0; i < Sums.Covered.Length; i++)
            {
                sum += Math.Abs(Coverage(i) - Sums.Levels[i]);
            }

            return sum / Sums.Covered.Length;
        }
    }

    /// <summary>The edit distance between what outputs say, the most probable class of each step without repetitions and blanks, and the
    /// labels, divided by the number of labels (<see cref="LossKind.Ctc"/>).</summary>
    public double SymbolErrorRate => Sums.SymbolErrors / Sums.Symbols;

    /// <summary>Of all positions.</summary>
    internal MetricSums Sums { get; } = new();

    /// <summary>Which share of the targets is at most what the model says is this quantile of them, 0 to 1: of a quantile of 0.9 it should
    /// be 0.9. For <see cref="LossKind.Quantile"/>. The share between two quantiles is the difference.</summary>
    /// <param name="quantile">Its place among <see cref="ModelInfo.Quantiles"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or quantiles were measured and there are fewer.</exception>
    public double Coverage(int quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(quantile);
        if (Sums.Covered.Length == 0)
        {
            return double.NaN;
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(quantile, Sums.Covered.Length);
        return Sums.Covered[quantile] / Sums.Targets;
    }

    /// <summary>Forgets all batches, those in <see cref="Confusion"/> too.</summary>
    public void Clear()
    {
        lossSum = lossWeight = tokenLoss = 0;
        Sums.Clear();
        Confusion?.Clear();
        for (var i = 0; i < Heads.Count; i++)
        {
            Heads[i].Clear();
        }
    }

    /// <summary>A model has as many outputs as the matrix has classes.</summary>
    /// <exception cref="ArgumentException">It has others, or none that are classes.</exception>
    internal static void Check(EvaluationMetrics? metrics, ModelInfo info)
    {
        Check(metrics?.Confusion, info.Loss, info.OutputSize, info.Name, nameof(metrics));
        if (metrics is null || metrics.Heads.Count == 0)
        {
            return;
        }

        var heads = info.Heads;
        if (metrics.Heads.Count != heads.Count)
        {
            throw new ArgumentException(
                $"Heads: expected {heads.Count}, as {info.Name} has, or none, got {metrics.Heads.Count}.", nameof(metrics));
        }

        for (var i = 0; i < heads.Count; i++)
        {
            Check(metrics.Heads[i].Confusion, heads[i].Loss, heads[i].Size, $"{info.Name}, head \"{heads[i].Name}\"", nameof(metrics));
        }
    }

    private static void Check(
        ConfusionMatrix? confusion, LossKind loss, int outputs, string name, string parameter)
    {
        if (confusion is not null && (loss != LossKind.SoftmaxCrossEntropy || confusion.Classes != outputs))
        {
            var has = loss == LossKind.SoftmaxCrossEntropy ? $"has {outputs}" : $"is trained with {loss} and has none";
            throw new ArgumentException($"Confusion: it has {confusion.Classes} classes, {name} {has}.", parameter);
        }
    }

    internal void AddLoss(BatchLoss loss, bool isOfTokens)
    {
        lossSum += loss.Sum;
        lossWeight += loss.Weight;
        tokenLoss += isOfTokens ? loss.Sum : double.NaN;
    }
}
