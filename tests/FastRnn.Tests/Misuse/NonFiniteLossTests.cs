using FastRnn.Data;
using FastRnn.Tests.Files;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Misuse;

/// <summary>A loss that is no number stops the training before it spoils anything.</summary>
public sealed class NonFiniteLossTests
{
    private const int Steps = 4;
    private const int Batch = 3;

    private static readonly Experiment Numbers = Experiment.Random(LossOnTheCell.Info, Steps, Batch, seed: 1);
    private static readonly float[] Wanted = TestTargets.Random(LossOnTheCell.Info, Steps * Batch, seed: 2).Vectors;

    [Theory]
    [InlineData(float.NaN, 1)]
    [InlineData(float.NaN, 3)]
    [InlineData(float.PositiveInfinity, 2)]
    public void A_bad_input_is_named_by_its_step_and_forgotten(float bad, int threads)
    {
        var x = (float[])Numbers.X.Clone();
        x[^2] = bad;
        Survives(threads, trainer => trainer.Step(x, Wanted));
    }

    [Fact]
    public void A_bad_target_is_named_by_its_step_and_forgotten()
    {
        var targets = (float[])Wanted.Clone();
        targets[7] = float.NaN;
        Survives(threads: 2, trainer => trainer.Step(Numbers.X, targets));
    }

    [Fact]
    public void A_number_that_is_none_is_told_with_its_place()
    {
        var info = LossOnTheCell.Info;
        using var trainer = new LossOnTheCell(seed: 1).CreateTrainer(Options(new Sgd(0.1f), threads: 2));
        var (x, targets) = ((float[])Numbers.X.Clone(), (float[])Wanted.Clone());
        x[(((2 * Batch) + 1) * info.InputSize) + 3] = float.NaN;
        Says("because X, sequence 1, step 2, element 3 is NaN.", () => trainer.Step(x, targets));
        targets[(((3 * Batch) + 2) * info.OutputSize) + 4] = float.PositiveInfinity;
        Says("Targets, sequence 2, step 3, element 4 is Infinity", () => trainer.Step(Numbers.X, targets));

        // Ragged, in padding that nobody reads, and gathered before the update.
        var (ragged, wanted) = (new float[5 * info.InputSize], new float[5 * info.OutputSize]);
        ragged[(4 * info.InputSize) + 1] = float.NegativeInfinity;
        ragged[0] = float.NaN;
        var present = new[] { false, true, true, true, true };
        Says("X, sequence 1, step 2, element 1 is -Infinity", () => trainer.Step(
            new SequenceBatch { X = ragged, Present = present, Targets = wanted, Lengths = [2, 3] }));
        ragged[0] = 0;
        ragged[(4 * info.InputSize) + 1] = 0;
        wanted[0] = float.NaN;
        trainer.Accumulate(new SequenceBatch { X = ragged, Targets = wanted, Lengths = [2, 3] });
        trainer.Accumulate(new SequenceBatch { X = ragged, Targets = new float[5 * info.OutputSize], Lengths = [2, 3] });
        Says("Targets, sequence 0, step 0, element 0 is NaN", () => trainer.Update());
        trainer.Step(Numbers.X, Wanted);

        static void Says(string what, Action action) =>
            Assert.Contains(what, Assert.Throws<NonFiniteLossException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_learning_rate_that_is_too_large_ends_in_an_exception_and_with_the_last_finite_parameters()
    {
        var x = Experiment.Random(DenseAtBothEnds.Info, Steps, Batch, seed: 3).X;
        var targets = TestTargets.Random(DenseAtBothEnds.Info, Steps * Batch, seed: 4).Vectors;
        var model = new DenseAtBothEnds(seed: 1);
        using var trainer = model.CreateTrainer(Options(new Sgd(10), threads: 2));
        var before = model.Parameters.ToArray();
        NonFiniteLossException? failure = null;
        for (var step = 1; failure is null && step < 50; step++)
        {
            before = model.Parameters.ToArray();
            try
            {
                trainer.Step(x, targets);
            }
            catch (NonFiniteLossException exception)
            {
                failure = exception;
                Assert.Equal(step, exception.Step);
            }
        }

        Assert.NotNull(failure);
        Assert.False(double.IsFinite(failure.Loss) && double.IsFinite(failure.GradientNorm));
        Assert.Equal(failure.Step - 1, trainer.StepCount);
        Bits.AssertSame("parameters", before, model.Parameters);
        Assert.All(before, value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>Three good steps, a bad one, a good one: the bad one changes nothing, to the last bit of every moment and state.</summary>
    private static void Survives(int threads, Action<Trainer<LossOnTheCell>> badStep)
    {
        using var folder = new TemporaryFolder();
        var (model, twin) = (new LossOnTheCell(seed: 1), new LossOnTheCell(seed: 1));
        using var trainer = model.CreateTrainer(Options(new AdamW(0.01f), threads));
        using var other = twin.CreateTrainer(Options(new AdamW(0.01f), threads));
        for (var step = 0; step < 3; step++)
        {
            trainer.Step(Numbers.X, Wanted);
            other.Step(Numbers.X, Wanted);
        }

        trainer.Save(folder.File("before"));
        var exception = Assert.Throws<NonFiniteLossException>(() => badStep(trainer));
        trainer.Save(folder.File("after"));

        Assert.Equal(4, exception.Step);
        Assert.StartsWith("Step 4: the loss is ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("The parameters are those of step 3.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(3, trainer.StepCount);
        Assert.Equal(File.ReadAllBytes(folder.File("before")), File.ReadAllBytes(folder.File("after")));

        Assert.Equal(other.Step(Numbers.X, Wanted), trainer.Step(Numbers.X, Wanted));
        Bits.AssertSame("parameters", twin.Parameters, model.Parameters);
    }

    private static TrainerOptions Options(Optimizer optimizer, int threads) => new()
    {
        BatchSize = Batch,
        SequenceLength = Steps,
        Optimizer = optimizer,
        ClipNorm = 0,
        Threads = threads,
    };
}
