using FastRnn.Inference;
using FastRnn.Tests.Allocation;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Training;

/// <summary>What an evaluator tells beside the loss, against the outputs of a predictor.</summary>
public sealed class EvaluationMetricsTests
{
    private static readonly int[] Lengths = [4, 1, 9, 3, 9, 2];

    [Fact]
    public void A_confusion_matrix_is_that_of_the_textbook()
    {
        // scikit-learn's example: labels 2 0 2 2 0 1, predictions 0 0 2 2 0 2.
        var matrix = new ConfusionMatrix(4);
        foreach (var (label, predicted) in ((int, int)[])[(2, 0), (0, 0), (2, 2), (2, 2), (0, 0), (1, 2)])
            matrix.Add(label, predicted);
        Assert.Equal((2, 0, 1, 0, 1), (matrix[0, 0], matrix[1, 1], matrix[1, 2], matrix[0, 2], matrix[2, 0]));
        Assert.Equal((6, 4 / 6.0), (matrix.Total, matrix.Accuracy));
        Assert.Equal([2 / 3.0, 0, 2 / 3.0, 0], Enumerable.Range(0, 4).Select(matrix.Precision));
        Assert.Equal([1, 0, 2 / 3.0, 0], Enumerable.Range(0, 4).Select(matrix.Recall));
        Assert.Equal([0.8, 0, 2 / 3.0, 0], Enumerable.Range(0, 4).Select(matrix.F1));
        Assert.Equal((0.8 + 2 / 3.0) / 3, matrix.MacroF1, 1e-15);

        // A class that is said and never right counts as one that is right and never said.
        matrix.Add(0, 3);
        Assert.Equal((0.8 * 5 / 6 + 2 / 3.0) / 4, matrix.MacroF1, 1e-15);

        matrix.Clear();
        Assert.Equal((0.0, double.NaN, double.NaN, 0.0), (matrix.Total, matrix.Accuracy, matrix.MacroF1, matrix.Precision(0)));
        matrix.Add(1, 3, 0.25);
        Assert.Equal(0.25, matrix[1, 3]);
    }

    [Fact]
    public void A_confusion_matrix_refuses_what_is_no_class()
    {
        var matrix = new ConfusionMatrix(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConfusionMatrix(4097));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix.F1(2));
        foreach (var weight in (double[])[-1, double.NaN, double.PositiveInfinity])
            Assert.Throws<ArgumentOutOfRangeException>(() => matrix.Add(0, 0, weight));
        Assert.Equal(0, matrix.Total);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Accuracy_and_confusion_are_those_of_the_outputs(int threads)
    {
        var (model, batch) = (new EmbeddedText(seed: 1), StructuredBatch.Random(EmbeddedText.Info, Lengths, [], seed: 3));
        var (rows, metrics) = (Rows(model, batch), new EvaluationMetrics { Confusion = new ConfusionMatrix(11) });
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 6, SequenceLength = 9, Threads = threads });
        var loss = evaluator.Evaluate(batch.Input, metrics);
        var expected = new ConfusionMatrix(11);
        for (var p = 0; p < rows.Length; p++)
            expected.Add(batch.TargetTokens[p], Array.IndexOf(rows[p], rows[p].Max()), batch.Weights[p]);
        for (var i = 0; i < 11 * 11; i++)
            Assert.Equal(expected[i / 11, i % 11], metrics.Confusion[i / 11, i % 11]);
        Assert.Equal((expected.Accuracy, loss.PerPosition), (metrics.Accuracy, metrics.Loss));
        Assert.Equal(expected.Accuracy, metrics.Confusion.Accuracy);
        Assert.Equal(Math.Exp(loss.PerPosition), metrics.Perplexity, 1e-12);
        Assert.Equal((double.NaN, double.NaN), (metrics.MeanAbsoluteError, metrics.RootMeanSquaredError));

        // Two batches are added; nothing is left after Clear.
        evaluator.Evaluate(batch.Input, metrics);
        Assert.Equal((expected.Accuracy, 2 * expected.Total), (metrics.Accuracy, metrics.Confusion.Total));
        metrics.Clear();
        Assert.Equal((double.NaN, double.NaN, 0.0), (metrics.Accuracy, metrics.Loss, metrics.Confusion.Total));
    }

    [Fact]
    public void Accuracy_of_yes_and_no_is_that_of_each_output()
    {
        var (model, batch) = (new PianoRoll(seed: 1), StructuredBatch.Random(PianoRoll.Info, Lengths, [], seed: 4));
        var (rows, metrics) = (Rows(model, batch), new EvaluationMetrics());
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 6, SequenceLength = 9, Threads = 2 });
        evaluator.Evaluate(batch.Input, metrics);
        var right = rows.Select((row, p) => batch.Weights[p] * row.Where((z, i) => z >= 0 == batch.Targets[(p * 5) + i] >= 0.5f).Count());
        Assert.Equal(right.Sum() / (5 * batch.Weights.Sum()), metrics.Accuracy, 1e-6);
        Assert.Equal(double.NaN, metrics.Perplexity);
    }

    [Fact]
    public void Errors_of_numbers_are_those_of_the_outputs()
    {
        var (model, batch) = (new HuberForecastMean(seed: 1), StructuredBatch.Random(HuberForecastMean.Info, Lengths, [], seed: 5));
        var (rows, metrics) = (Rows(model, batch), new EvaluationMetrics());
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 6, SequenceLength = 9, Threads = 2 });
        evaluator.Evaluate(batch.Input, metrics);
        double Mean(Func<double, double> of) => rows.Select((row, p) => batch.Weights[p]
            * row.Select((z, i) => of((double)z - batch.Targets[(p * 3) + i])).Sum()).Sum() / (3 * batch.Weights.Sum());
        Assert.Equal(Mean(Math.Abs), metrics.MeanAbsoluteError, 1e-12);
        Assert.Equal(Math.Sqrt(Mean(error => error * error)), metrics.RootMeanSquaredError, 1e-12);
        Assert.Equal((double.NaN, double.NaN), (metrics.Accuracy, metrics.Perplexity));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Coverage_is_the_share_of_targets_below_a_quantile(int threads)
    {
        var (model, batch) = (new QuantileForecast(seed: 1), StructuredBatch.Random(QuantileForecast.Info, Lengths, [], seed: 5));
        var (rows, metrics, info) = (Rows(model, batch), new EvaluationMetrics(), QuantileForecast.Info);
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 6, SequenceLength = 9, Threads = threads });
        evaluator.Evaluate(batch.Input, metrics);
        var (quantiles, error) = (info.Quantiles.Count, 0.0);
        for (var q = 0; q < quantiles; q++)
        {
            var covered = rows.Select((row, p) => batch.Weights[p] * Enumerable.Range(0, info.TargetSize).Count(
                i => batch.Targets[(p * info.TargetSize) + i] <= row[(i * quantiles) + q])).Sum();
            Assert.Equal(covered / (info.TargetSize * batch.Weights.Sum()), metrics.Coverage(q), 1e-6);
            error += Math.Abs(metrics.Coverage(q) - info.Quantiles[q]) / quantiles;
        }

        Assert.Equal(error, metrics.CoverageError, 1e-12);
        Assert.Equal(double.NaN, metrics.MeanAbsoluteError);
        Assert.Throws<ArgumentOutOfRangeException>(() => metrics.Coverage(quantiles));
        metrics.Clear();
        Assert.Equal(double.NaN, metrics.CoverageError);
        Assert.Equal(double.NaN, new EvaluationMetrics().Coverage(0));
        Assert.Equal(double.NaN, new EvaluationMetrics().CoverageError);
    }

    [Fact]
    public void Threads_groups_and_the_metrics_themselves_change_no_bit()
    {
        var (model, batch) = (new QuantileForecast(seed: 1), StructuredBatch.Random(QuantileForecast.Info, Lengths, [], seed: 6));
        var (text, words) = (new SmoothedTextMean(seed: 1), StructuredBatch.Random(SmoothedTextMean.Info, Lengths, [], seed: 6));
        var seen = new HashSet<(double, double, double)>();
        foreach (var (threads, positions) in ((int, int)[])[(1, 0), (2, 0), (5, 0), (2, 9)])
        {
            RunOptions options = new() { BatchSize = 6, SequenceLength = 9, Threads = threads, MaxPositions = positions };
            using var numbers = model.CreateEvaluator(options);
            using var tokens = text.CreateEvaluator(options with { ClassWeights = [1, 0, 2, 0.5f, 1, 1, 3] });
            var metrics = new EvaluationMetrics();
            var loss = tokens.Evaluate(words.Input, metrics);
            Assert.Equal(tokens.Evaluate(words.Input), loss);
            seen.Add((loss.Sum, metrics.Accuracy, metrics.Perplexity));
            Assert.Equal(numbers.Evaluate(batch.Input), numbers.Evaluate(batch.Input, new EvaluationMetrics()));
        }

        Assert.Single(seen);
    }

    [Fact]
    public void Nothing_is_allocated_and_another_number_of_classes_is_refused()
    {
        var (model, batch) = (new EmbeddedText(seed: 1), StructuredBatch.Random(EmbeddedText.Info, Lengths, [], seed: 7));
        using var evaluator = model.CreateEvaluator(new() { BatchSize = 6, SequenceLength = 9, Threads = 2 });
        var metrics = new EvaluationMetrics { Confusion = new ConfusionMatrix(11) };
        for (var i = 0; i < 3; i++)
            evaluator.Evaluate(batch.Input, metrics);
        Assert.Equal(0, OwnThread.LeastAllocated(() => evaluator.Evaluate(batch.Input, metrics), rounds: 20));

        var other = new EvaluationMetrics { Confusion = new ConfusionMatrix(10) };
        var refused = Assert.Throws<ArgumentException>(() => evaluator.Evaluate(batch.Input, other));
        Assert.StartsWith("Confusion: it has 10 classes, EmbeddedText has 11.", refused.Message, StringComparison.Ordinal);
        using var numbers = new PianoRoll(seed: 1).CreateEvaluator(new());
        Assert.Throws<ArgumentException>(() => numbers.Evaluate(default, other));
    }

    /// <summary>Before a softmax, one row a position.</summary>
    private static float[][] Rows<TModel>(TModel model, StructuredBatch batch)
        where TModel : class, IModel<TModel>
    {
        using var predictor = new Predictor<TModel>(model, new() { BatchSize = batch.Count, SequenceLength = batch.Lengths.Max() });
        var y = new float[batch.OutputCount];
        predictor.Run(batch.Input, y);
        return [.. y.Chunk(TModel.Info.OutputSize)];
    }
}
