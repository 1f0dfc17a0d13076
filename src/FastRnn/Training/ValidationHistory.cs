using System.Globalization;

using FastRnn.Files;

namespace FastRnn.Training;

/// <summary>Measures, and remembers what was measured: a run that goes on goes on with it.</summary>
internal sealed class ValidationHistory
{
    private const string TensorName = "loop.history";

    /// <summary>Numbers of a measurement besides its metrics.</summary>
    private const int Fixed = 5;

    private readonly TrainingLoopOptions options;
    private readonly EvaluationMetrics? metrics;
    private readonly List<ValidationResult> results = [];

    public ValidationHistory(ModelInfo info, TrainingLoopOptions options)
    {
        this.options = options;
        if (options.Measure is not null)
        {
            var heads = info.Heads;
            metrics = new()
            {
                Confusion = ConfusionOf(info.Loss, info.OutputSize),
                Heads = heads.Count < 2 ? []
                    : [.. heads.Select(head => new EvaluationMetrics { Confusion = ConfusionOf(head.Loss, head.Size) })],
            };
        }
    }

    private ConfusionMatrix? ConfusionOf(LossKind loss, int outputs) =>
        loss == LossKind.SoftmaxCrossEntropy && outputs <= ConfusionMatrix.MostClasses && WantsConfusion(options) ? new(outputs) : null;

    /// <summary>Whether there is anything to measure.</summary>
    public bool IsMeasured => options.Validate is not null || options.Measure is not null;

    /// <summary>All measurements, in their order.</summary>
    public IReadOnlyList<ValidationResult> Results => results;

    public ValidationResult? Last => results.Count > 0 ? results[^1] : null;

    /// <summary>What is measured beside the loss, as a text of a checkpoint.</summary>
    public string Names => string.Join("; ", options.Metrics.Select(metric => metric.Name));

    /// <summary>The validation loss.</summary>
    public double Measure()
    {
        metrics?.Clear();
        return options.Validate is { } validate ? validate() : options.Measure!(metrics!);
    }

    /// <summary>What early stopping looks at.</summary>
    public double Judged(Metric? metric, double loss) => metric is null ? loss : metric.Of(metrics!);

    /// <summary>Keeps a measurement.</summary>
    public void Add(long step, double loss, double epochLoss, float learningRate, bool isBest) => results.Add(new()
    {
        Step = step,
        Loss = loss,
        EpochLoss = epochLoss,
        LearningRate = learningRate,
        IsBest = isBest,
        Metrics = options.Metrics.ToDictionary(metric => metric.Name, metric => metric.Of(metrics!)),
    });

    /// <summary>All measurements for a checkpoint.</summary>
    public IEnumerable<TensorData> ToTensors()
    {
        if (results.Count == 0)
        {
            return [];
        }

        double[] numbers = [.. results.SelectMany(result => (double[])[
            result.Step, result.Loss, result.EpochLoss, result.LearningRate, result.IsBest ? 1 : 0,
            .. options.Metrics.Select(metric => result.Metrics[metric.Name])])];
        return [new TensorData(TensorName, numbers, results.Count, Fixed + options.Metrics.Count)];
    }

    /// <summary>The measurements of a checkpoint; none of one that an earlier version wrote.</summary>
    /// <exception cref="ModelFileException">They are none that a run keeps.</exception>
    public List<ValidationResult> Read(Checkpoint checkpoint, long step, string path)
    {
        var read = new List<ValidationResult>();
        if (!checkpoint.Contains(TensorName))
        {
            return read;
        }

        var (shape, width) = (checkpoint.Shape(TensorName), Fixed + options.Metrics.Count);
        if (shape.Count != 2 || shape[1] != width)
        {
            throw new ModelFileException(path, string.Create(
                CultureInfo.InvariantCulture, $"tensor '{TensorName}': expected {width} numbers for each measurement"));
        }

        var numbers = new double[shape[0] * width];
        checkpoint.Read(TensorName, numbers);
        for (var from = 0; from < numbers.Length; from += width)
        {
            var row = numbers.AsSpan(from, width);
            var least = read.Count == 0 ? 1 : read[^1].Step + 1;
            if (!(row[0] >= least && row[0] <= step && Math.Floor(row[0]) == row[0] && double.IsFinite(row[2])
                && (float)row[3] == row[3] && row[4] is 0 or 1))
            {
                throw new ModelFileException(path, string.Create(
                    CultureInfo.InvariantCulture, $"tensor '{TensorName}', measurement {from / width}: its numbers do not fit together"));
            }

            var values = new Dictionary<string, double>();
            for (var i = 0; i < options.Metrics.Count; i++)
            {
                values.Add(options.Metrics[i].Name, row[Fixed + i]);
            }

            read.Add(new()
            {
                Step = (long)row[0],
                Loss = row[1],
                EpochLoss = row[2],
                LearningRate = (float)row[3],
                IsBest = row[4] == 1,
                Metrics = values,
            });
        }

        return read;
    }

    /// <summary>Goes on from what was read.</summary>
    public void Restore(List<ValidationResult> read)
    {
        results.Clear();
        results.AddRange(read);
    }

    /// <summary>A matrix of many classes is large: it is there where something may look at it.</summary>
    private static bool WantsConfusion(TrainingLoopOptions options) =>
        options.Metrics.Append(options.EarlyStopping?.Metric).Any(metric => metric is not null && metric.WantsConfusion);
}
