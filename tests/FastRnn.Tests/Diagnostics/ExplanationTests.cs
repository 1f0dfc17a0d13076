using FastRnn.Diagnostics;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Diagnostics;

/// <summary>NaN and explosion are named by layer, state, step, row and unit.</summary>
public sealed class ExplanationTests
{
    private const int Steps = 6;
    private const int Batch = 2;

    private readonly float[] x = Experiment.Numbers(new Random(1), Steps * Batch * 3, 1);
    private readonly float[] targets = Experiment.Numbers(new Random(2), Steps * Batch * 2, 1);

    [Fact]
    public void A_healthy_step_is_said_to_be_healthy()
    {
        var finding = Explain(new InspectedStack(seed: 1));
        Assert.Equal(FindingKind.Nothing, finding.Kind);
        Assert.StartsWith("Everything is finite. The largest gradient of a state is that of ", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_parameter_is_named()
    {
        var model = new InspectedStack(seed: 1);
        using (var edit = model.Edit())
            edit.Parameter(1, "Uz")[7] = float.NaN;
        var finding = Explain(model);
        Assert.Equal((FindingKind.Parameter, 1, "Uz", 7), (finding.Kind, finding.Layer, finding.Name, finding.Unit));
    }

    [Fact]
    public void A_bad_row_of_an_embedding_is_named()
    {
        var model = new InspectedText(seed: 1);
        using (var edit = model.Edit())
            edit.Parameters[4] = float.PositiveInfinity;
        using var inspector = new Inspector<InspectedText>(model, new() { BatchSize = 1, SequenceLength = 2 });
        inspector.Forward(new int[2]);
        var finding = inspector.Explain(new int[2]);
        Assert.Equal((FindingKind.Parameter, -1, "embedding", 4), (finding.Kind, finding.Layer, finding.Name, finding.Unit));
    }

    [Fact]
    public void A_bad_input_is_named()
    {
        x[(3 * Batch + 1) * 3 + 2] = float.NaN;
        var finding = Explain(new InspectedStack(seed: 1));
        Assert.Equal((FindingKind.Input, 3, 1, 2), (finding.Kind, finding.Step, finding.Row, finding.Unit));
    }

    [Fact]
    public void A_bad_target_is_named()
    {
        targets[(4 * Batch + 1) * 2] = float.NaN;
        var finding = Explain(new InspectedStack(seed: 1));
        Assert.Equal((FindingKind.Loss, 4, 1), (finding.Kind, finding.Step, finding.Row));
        Assert.Contains("The loss of step 4, row 1 is NaN", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_that_grows_over_all_bounds_is_named_by_the_step_at_which_it_does()
    {
        // h = 10 h + 1 + b, with more for unit 1: it overflows first, at a step that can be counted.
        var model = Growing(10, 30);
        const int Long = 60;
        using var inspector = new Inspector<InspectedRelu>(model, new() { BatchSize = 1, SequenceLength = Long });
        inspector.Forward(Ones(Long));
        var finding = inspector.Explain(new float[Long * 2]);
        float h = 0;
        var expected = 0;
        while (float.IsFinite(h))
        {
            h = 10 * h + 31;
            expected++;
        }

        Assert.Equal((FindingKind.State, 0, "h", expected, 0, 1),
            (finding.Kind, finding.Layer, finding.Name, finding.Step, finding.Row, finding.Unit));
        Assert.Contains($"Unit 1 of h of layer 0 (FastRnn.Cells.ElmanRelu) is Infinity in row 0, after step {expected} of 60",
            finding.Message, StringComparison.Ordinal);

        inspector.Forward(Ones(Long));
        var bounded = inspector.Explain(new float[Long * 2], new FindingBounds { StateNorm = 1000 });
        Assert.Equal((FindingKind.StateExplosion, 3), (bounded.Kind, bounded.Step));
    }

    [Fact]
    public void A_gradient_that_explodes_is_named_by_the_step_at_which_it_does()
    {
        // Each step back doubles it. At the end the gradient is set by hand, and the loss has none.
        var model = Growing(2, 0);
        using var inspector = new Inspector<InspectedRelu>(model, new() { BatchSize = 1, SequenceLength = 20 });
        var y = new float[40];
        inspector.Forward(Ones(20), y);
        inspector.SetStateGradient(0, 0, [1, 0]);
        var finding = inspector.Explain(y, new FindingBounds { GradientNorm = 1000 });
        Assert.Equal((FindingKind.GradientExplosion, "h", 10, 1024.0), (finding.Kind, finding.Name, finding.Step, finding.Value));
        Assert.Contains("after step 10 of 20: 10 steps before the end", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_that_overflows_is_named()
    {
        var model = Growing(1e5f, 0);
        using (var edit = model.Edit())
        {
            edit.Parameter(0, "b").Clear();
            edit.Parameter(0, "W").Fill(1e-30f);
        }

        using var inspector = new Inspector<InspectedRelu>(model, new() { BatchSize = 1, SequenceLength = 10 });
        var y = new float[20];
        inspector.Forward(Ones(10), y);
        inspector.SetStateGradient(0, 0, [0, 1]);
        var finding = inspector.Explain(y);

        // 1e5 to the eighth is more than a float holds.
        Assert.Equal((FindingKind.Gradient, 2, 0, 1), (finding.Kind, finding.Step, finding.Row, finding.Unit));
    }

    [Fact]
    public void A_failed_step_of_a_trainer_is_explained_from_its_own_states_and_nothing_is_changed()
    {
        var (model, twin) = (new InspectedStack(seed: 1), new InspectedStack(seed: 1));
        TrainerOptions options = new() { BatchSize = Batch, SequenceLength = Steps, Threads = 1 };
        using var trainer = model.CreateTrainer(options);
        using var other = twin.CreateTrainer(options);
        trainer.Step(x, targets);
        other.Step(x, targets);
        var bad = (float[])x.Clone();
        bad[^1] = float.PositiveInfinity;
        var failure = Assert.Throws<NonFiniteLossException>(() => trainer.Step(bad, targets));
        var finding = trainer.Explain(bad, targets);
        Assert.Equal((2, FindingKind.Input, Steps - 1, Batch - 1), (failure.Step, finding.Kind, finding.Step, finding.Row));
        Assert.Equal(FindingKind.Nothing, trainer.Explain(x, targets).Kind);

        // The window is explained from the states that were carried into it: the largest gradient is not that of a fresh start.
        using var fresh = new Inspector<InspectedStack>(model, new() { BatchSize = Batch, SequenceLength = Steps });
        fresh.Forward(x);
        Assert.NotEqual(fresh.Explain(targets).Message, trainer.Explain(x, targets).Message);
        Assert.Equal(other.Step(x, targets), trainer.Step(x, targets));
        Bits.AssertSame("parameters", twin.Parameters, model.Parameters);
    }

    [Fact]
    public void A_model_without_a_loss_is_told_what_to_do()
    {
        using var inspector =
            new Inspector<InspectedWithoutLoss>(new InspectedWithoutLoss(seed: 1), new() { BatchSize = 1, SequenceLength = 1 });
        inspector.Forward(new float[2]);
        Assert.Contains("InspectedWithoutLoss declares no loss: give gradients of your own.",
            Assert.Throws<InvalidOperationException>(() => inspector.Explain(new float[3])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_reads_in_both_directions_is_explained_too()
    {
        using var inspector =
            new Inspector<BidirectionalLstm>(new BidirectionalLstm(seed: 1), new() { BatchSize = Batch, SequenceLength = Steps });
        var wanted = new float[Steps * Batch * BidirectionalLstm.Info.OutputSize];
        inspector.Forward(x);
        Assert.Equal(FindingKind.Nothing, inspector.Explain(wanted).Kind);

        x[(3 * Batch + 1) * 3 + 2] = float.NaN;
        inspector.Forward(x);
        var finding = inspector.Explain(wanted);
        Assert.Equal((FindingKind.Input, 3, 1, 2), (finding.Kind, finding.Step, finding.Row, finding.Unit));
    }

    private static float[] Ones(int count) => [.. Enumerable.Repeat(1f, count)];

    /// <summary>Each unit by itself: h = factor h + x + b.</summary>
    private static InspectedRelu Growing(float factor, float secondBias)
    {
        var model = new InspectedRelu(seed: 1);
        using (var edit = model.Edit())
        {
            edit.Parameters.Clear();
            edit.Parameter(0, "W").Fill(1);
            (edit.Parameter(0, "U")[0], edit.Parameter(0, "U")[3]) = (factor, factor);
            edit.Parameter(0, "b")[1] = secondBias;
        }

        return model;
    }

    private Finding Explain(InspectedStack model)
    {
        using var inspector = new Inspector<InspectedStack>(model, new() { BatchSize = Batch, SequenceLength = Steps });
        inspector.Forward(x);
        return inspector.Explain(targets);
    }
}
