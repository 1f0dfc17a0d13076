using FastRnn.Data;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Inference;

/// <summary>Layers that stay in single precision among rounded ones, and which of them lose most.</summary>
public sealed class RoundingTests
{
    private const int Steps = 12;
    private const int Batch = 5;

    private static readonly RunOptions Options =
        new() { BatchSize = Batch, SequenceLength = Steps, Weights = WeightFormat.Int8 };

    [Theory]
    [InlineData(WeightFormat.Int8)]
    [InlineData(WeightFormat.BFloat16)]
    public void A_model_whose_layers_all_stay_has_the_bits_of_single_precision(WeightFormat format)
    {
        var (model, experiment) = Model();
        foreach (var batch in (int[])[1, Batch])
        {
            var rows = experiment.Rows(0, batch);
            RunOptions options = new() { BatchSize = batch, Weights = format };
            Bits.AssertSame(
                "outputs", Run(model, options with { Weights = WeightFormat.Float32 }, rows),
                Run(model, options with { Float32Layers = [0, 1, 2, 3] }, rows));
            Assert.NotEqual(
                Run(model, options with { Float32Layers = [0, 2, 3] }, rows), Run(model, options with { Float32Layers = [0, 1, 2] }, rows));
        }
    }

    [Fact]
    public void The_report_is_what_predictors_say()
    {
        var (model, experiment) = Model();
        using var predictor = model.CreatePredictor(Options);
        var report = predictor.MeasureRounding(SequenceBatch.Of(experiment.X));
        Assert.Equal([-1, 0, 1, 2, 3], report.Select(r => r.Layer).Order());
        Assert.Equal(-1, report[0].Layer);
        var alone = report.Skip(1).ToArray();
        Assert.Equal(alone.OrderByDescending(r => r.RootMeanSquare), alone);
        Assert.All(report, r => Assert.InRange(r.RootMeanSquare, 1e-6, 0.1));

        var exact = Predict(model, Options with { Weights = WeightFormat.Float32 }, experiment);
        var rounded = Predict(model, Options with { Float32Layers = [0, 1, 3] }, experiment);
        var largest = exact.Zip(rounded, (a, b) => Math.Abs((double)a - b)).Max();
        Assert.Equal(largest, alone.Single(r => r.Layer == 2).Largest);
    }

    [Fact]
    public void Layers_that_stay_are_left_out()
    {
        var (model, experiment) = Model();
        using var predictor = model.CreatePredictor(Options with { Float32Layers = [0, 3] });
        var report = predictor.MeasureRounding(SequenceBatch.Of(experiment.X));
        Assert.Equal([-1, 1, 2], report.Select(r => r.Layer).Order());
    }

    [Fact]
    public void What_does_not_exist_is_refused()
    {
        var (model, experiment) = Model();
        foreach (var layer in (int[])[-1, 4])
        {
            var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => model.CreateSession(new() { Float32Layers = [layer] }));
            Assert.Contains("Float32Layers: MixedStack has layers 0 to 3.", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Throws<ArgumentNullException>(() => model.CreateSession(new() { Float32Layers = null! }));
        using var exact = model.CreatePredictor(Options with { Weights = WeightFormat.Float32 });
        Assert.Throws<InvalidOperationException>(() => exact.MeasureRounding(SequenceBatch.Of(experiment.X)));
    }

    private static (MixedStack Model, Experiment Experiment) Model()
    {
        var experiment = Experiment.Random(MixedStack.Info, Steps, Batch, seed: 3);
        var model = new MixedStack(seed: 1);
        using (var edit = model.Edit())
            experiment.Parameters.CopyTo(edit.Parameters);
        return (model, experiment);
    }

    private static float[] Run(MixedStack model, RunOptions options, Experiment experiment)
    {
        using var session = model.CreateSession(options);
        var y = new float[Steps * experiment.Batch * MixedStack.Info.OutputSize];
        session.Run(experiment.X, y);
        return y;
    }

    private static float[] Predict(MixedStack model, RunOptions options, Experiment experiment)
    {
        using var predictor = model.CreatePredictor(options);
        var y = new float[Steps * experiment.Batch * MixedStack.Info.OutputSize];
        predictor.Run(experiment.X, y);
        return y;
    }
}
