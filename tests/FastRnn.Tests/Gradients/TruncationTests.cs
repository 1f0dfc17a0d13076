using FastRnn.Testing;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Gradients;

/// <summary>Truncated backpropagation through time: the state goes on into the next window, the gradient does not come back.</summary>
public sealed class TruncationTests
{
    private const int Steps = 5;
    private const int Batch = 3;

    [Fact]
    public void A_window_starts_where_the_last_one_stopped_and_its_gradient_ends_there()
    {
        var model = TestModels.Of(nameof(EmbeddedText));
        var info = model.Info;
        var first = Experiment.Random(info, Steps, Batch, seed: 40).FromZero();
        var targets = TestTargets.Random(info, Steps * Batch, seed: 41);
        var second = first.With(states: model.Backpropagate(first).States);
        var oracle = new GradientOracle(second, result => ReferenceLoss.OfTokens(info, result.Outputs, targets.Tokens));
        oracle.Tensors.RemoveAll(tensor => tensor.Offset >= info.ParameterCount);

        // A first step that changes nothing, then one whose change is the gradient.
        var (sgd, created) = (new Sgd(0), new EmbeddedText(seed: 1));
        using (var edit = created.Edit())
            first.Parameters.CopyTo(edit.Parameters);
        using var trainer = created.CreateTrainer(Options(sgd, carryState: true));
        trainer.Step(first.Tokens, targets.Tokens);
        Bits.AssertSame("parameters after a step of length 0", first.Parameters, created.Parameters);
        sgd.LearningRate = 1;
        var result = trainer.Step(first.Tokens, targets.Tokens);

        var loss = oracle.Loss(oracle.Point);
        Assert.Equal(loss, result.Loss, 1e-5 * loss);
        float[] gradients = [.. first.Parameters.Zip(created.Parameters.ToArray(), (before, after) => before - after)];
        GradientCheck.Gradients(
            Probe.Of(oracle, effort: 5_000, FiniteDifferences.DefaultStep, seed: 42), gradients, Bounds.Backward(second), noise: 2e-7);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Without_carrying_and_after_a_reset_every_window_is_the_first(bool reset)
    {
        var experiment = Experiment.Random(EmbeddedText.Info, Steps, Batch, seed: 43);
        var targets = TestTargets.Random(EmbeddedText.Info, Steps * Batch, seed: 44);
        using var trainer = new EmbeddedText(seed: 1).CreateTrainer(Options(new Sgd(0), carryState: reset));
        var first = trainer.Step(experiment.Tokens, targets.Tokens);
        if (reset)
        {
            Assert.NotEqual(first, trainer.Step(experiment.Tokens, targets.Tokens));
            trainer.ResetState();
        }

        Assert.Equal(first, trainer.Step(experiment.Tokens, targets.Tokens));
    }

    private static TrainerOptions Options(Optimizer optimizer, bool carryState) => new()
    {
        BatchSize = Batch,
        SequenceLength = Steps,
        Optimizer = optimizer,
        CarryState = carryState,
        Threads = 2,
    };
}
