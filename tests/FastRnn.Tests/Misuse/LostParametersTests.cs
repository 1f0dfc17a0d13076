using FastRnn.Data;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Misuse;

/// <summary>A finite loss and a finite gradient are no promise of finite parameters: the optimizer computes with both, and with
/// squares.</summary>
public sealed class LostParametersTests : IDisposable
{
    private const int Steps = 2;
    private const int Batch = 3;

    private static readonly float[] X = Experiment.Random(LossOnTheCell.Info, Steps, Batch, seed: 1).X;
    private static readonly float[] Wanted = TestTargets.Random(LossOnTheCell.Info, Steps * Batch, seed: 2).Vectors;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_learning_rate_that_breaks_the_parameters_is_no_success(int threads)
    {
        var model = new LossOnTheCell(seed: 1);
        using var trainer = Create(model, new Adam(3e38f), threads);

        var failure = Assert.Throws<NonFiniteLossException>(() => trainer.Step(X, Wanted));

        Assert.True(failure.ParametersAreLost);
        Assert.True(double.IsFinite(failure.Loss) && double.IsFinite(failure.GradientNorm));
        Assert.Equal((1, 0), (failure.Step, trainer.StepCount));
        Assert.Contains("They are not those of step 0", failure.Message, StringComparison.Ordinal);
        Assert.Contains(model.Parameters.ToArray(), value => !float.IsFinite(value));
    }

    [Fact]
    public void Gradients_whose_squares_overflow_break_a_moment_and_are_no_success()
    {
        var model = new LossOnTheCell(seed: 1);
        const int Rows = 64;
        using var trainer =
            model.CreateTrainer(new() { BatchSize = Rows, SequenceLength = 1, Optimizer = new Adam(1e-3f, beta2: 0), Threads = 2 });
        var x = Experiment.Random(LossOnTheCell.Info, 1, Rows, seed: 3).X;
        var targets = new float[Rows * 5];
        for (var row = 0; row < Rows; row++)
            targets[row * 5] = 1.7e19f;

        // The square of an error is just finite, that of the gradient, to which all rows add, is not.
        var failure = Assert.Throws<NonFiniteLossException>(() => trainer.Step(x, targets));

        Assert.True(failure.ParametersAreLost);
        Assert.True(double.IsFinite(failure.Loss) && double.IsFinite(failure.GradientNorm));
        Assert.All(model.Parameters.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.Throws<ArgumentException>(() => trainer.Save(folder.File("moments")));
    }

    /// <summary>Each worker looks at its own stretch of the moments, and not at the first one.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_moment_that_breaks_far_behind_the_first_is_no_success(int threads)
    {
        var model = new LargeText(seed: 1);
        var last = LargeText.Info.Layers[^1];
        using (var edit = model.Edit())
            edit.Parameters.Slice(last.ParameterOffset, last.ParameterCount).Clear();
        using var trainer = model.CreateTrainer(
            new() { BatchSize = 1, SequenceLength = 1, Optimizer = new Adam(1e-3f, beta2: 0), Threads = threads });

        // What weighs 1e20 has a gradient of 1e20, which has no square in single precision; through weights of 0 the layers before get 0.
        var failure = Assert.Throws<NonFiniteLossException>(
            () => trainer.Step(new SequenceBatch { Tokens = [3], TargetTokens = [5], Weights = [1e20f] }));

        Assert.True(failure.ParametersAreLost);
        Assert.True(double.IsFinite(failure.Loss) && double.IsFinite(failure.GradientNorm));
        Assert.All(trainer.Gradients[..last.ParameterOffset].ToArray(), gradient => Assert.Equal(0, gradient));
        Assert.All(model.Parameters.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Broken_numbers_never_replace_a_good_checkpoint_and_restoring_it_mends_the_trainer()
    {
        var path = folder.File("good");
        var (model, twin) = (new LossOnTheCell(seed: 1), new LossOnTheCell(seed: 1));
        using var trainer = Create(model, new Adam(1e-2f), threads: 2);
        using var other = Create(twin, new Adam(1e-2f), threads: 1);
        trainer.Step(X, Wanted);
        other.Step(X, Wanted);
        trainer.Save(path);
        var good = File.ReadAllBytes(path);

        trainer.Options.Optimizer.LearningRate = 3e38f;
        Assert.True(Assert.Throws<NonFiniteLossException>(() => trainer.Step(X, Wanted)).ParametersAreLost);
        var refusal = Assert.Throws<ArgumentException>(() => trainer.Save(path));

        Assert.Contains("expected a finite number", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(good, File.ReadAllBytes(path));
        trainer.Restore(path);
        trainer.Options.Optimizer.LearningRate = 1e-2f;
        Assert.Equal(other.Step(X, Wanted), trainer.Step(X, Wanted));
        Bits.AssertSame("parameters", twin.Parameters, model.Parameters);
    }

    private static Trainer<LossOnTheCell> Create(LossOnTheCell model, Optimizer optimizer, int threads) =>
        model.CreateTrainer(new() { BatchSize = Batch, SequenceLength = Steps, Optimizer = optimizer, Threads = threads });
}
