namespace FastRnn.Training;

/// <summary>A number that a validation measures beside the loss, and which way it is better: what <see cref="EarlyStopping"/> looks at, and
/// what a run tells and keeps (<see cref="TrainingLoopOptions.Metrics"/>).</summary>
public sealed class Metric
{
    private readonly Func<EvaluationMetrics, double> value;

    /// <summary>A metric of one's own: any number that follows from what an evaluator measures.</summary>
    /// <param name="name">For people and checkpoints: a run goes on with the same names only.</param>
    /// <param name="value">The number; NaN if there is none.</param>
    /// <param name="isLargerBetter">Whether progress is a larger number; else it is a smaller one.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public Metric(string name, Func<EvaluationMetrics, double> value, bool isLargerBetter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(value);
        (Name, this.value, IsLargerBetter) = (name, value, isLargerBetter);
    }

    private Metric(string name, bool isLargerBetter, Func<EvaluationMetrics, double> value)
        : this(name, value, isLargerBetter) => WantsConfusion = false;

    /// <summary>The mean loss of a position; smaller is better.</summary>
    public static Metric Loss { get; } = new("loss", isLargerBetter: false, metrics => metrics.Loss);

    /// <summary><see cref="EvaluationMetrics.Perplexity"/>; smaller is better.</summary>
    public static Metric Perplexity { get; } = new("perplexity", isLargerBetter: false, metrics => metrics.Perplexity);

    /// <summary><see cref="EvaluationMetrics.Accuracy"/>; larger is better.</summary>
    public static Metric Accuracy { get; } = new("accuracy", isLargerBetter: true, metrics => metrics.Accuracy);

    /// <summary>The mean of <see cref="F1"/> over the classes that occur; larger is better.</summary>
    public static Metric MacroF1 { get; } = new("macro F1", metrics => metrics.Confusion?.MacroF1 ?? double.NaN, isLargerBetter: true);

    /// <summary><see cref="EvaluationMetrics.MeanAbsoluteError"/>; smaller is better.</summary>
    public static Metric MeanAbsoluteError { get; } =
        new("mean absolute error", isLargerBetter: false, metrics => metrics.MeanAbsoluteError);

    /// <summary><see cref="EvaluationMetrics.RootMeanSquaredError"/>; smaller is better.</summary>
    public static Metric RootMeanSquaredError { get; } =
        new("root mean squared error", isLargerBetter: false, metrics => metrics.RootMeanSquaredError);

    /// <summary><see cref="EvaluationMetrics.CoverageError"/>; smaller is better.</summary>
    public static Metric CoverageError { get; } = new("coverage error", isLargerBetter: false, metrics => metrics.CoverageError);

    /// <summary><see cref="EvaluationMetrics.SymbolErrorRate"/>; smaller is better.</summary>
    public static Metric SymbolErrorRate { get; } = new("symbol error rate", isLargerBetter: false, metrics => metrics.SymbolErrorRate);

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Whether progress is a larger number; else it is a smaller one.</summary>
    public bool IsLargerBetter { get; }

    /// <summary>Whether it may look at the confusion matrix: what is not known to leave it alone may.</summary>
    internal bool WantsConfusion { get; } = true;

    /// <summary>The worst number there is: what nothing was measured yet compares as.</summary>
    internal double Worst => IsLargerBetter ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary><see cref="ConfusionMatrix.F1"/> of a class; larger is better.</summary>
    /// <param name="of">The class, from 0 on.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public static Metric F1(int of)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(of);
        return new(
            FormattableString.Invariant($"F1 of class {of}"), metrics => metrics.Confusion?.F1(of) ?? double.NaN, isLargerBetter: true);
    }

    /// <summary>The number.</summary>
    /// <param name="metrics">What was measured.</param>
    public double Of(EvaluationMetrics metrics) => value(metrics);

    /// <summary>Name and direction.</summary>
    public override string ToString() => $"{Name}, {(IsLargerBetter ? "larger" : "smaller")} is better";
}
