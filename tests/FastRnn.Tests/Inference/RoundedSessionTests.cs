using FastRnn.Tests.Misuse;
using FastRnn.Tests.Models;
using FastRnn.Tests.Sessions;
using FastRnn.Training;

namespace FastRnn.Tests.Inference;

/// <summary>What is true of sessions, predictors and evaluators with rounded weights, whatever the format.</summary>
/// <param name="format">The format.</param>
/// <param name="name">What messages call it.</param>
/// <param name="tolerance">By how much outputs may differ, in parts of the largest.</param>
public abstract class RoundedSessionTests(WeightFormat format, string name, double tolerance)
{
    private const int Steps = 20;

    [Theory]
    [InlineData(nameof(LargeText))]
    [InlineData(nameof(LargeStack))]
    [InlineData(nameof(DenseAlone))]
    [InlineData(nameof(MixedStack))]
    [InlineData(nameof(OneHotText))]
    [InlineData(nameof(TwelveGates_I5_H35))]
    [InlineData(nameof(LayerNormLstm_L2))]
    [InlineData(nameof(ProjectedLstm_L2))]
    [InlineData(nameof(Jordan_L2))]
    [InlineData(nameof(IndRnn_L2))]
    public void Outputs_are_near_those_of_single_precision(string of)
    {
        var model = TestModels.Of(of);
        foreach (var batch in (int[])[1, 3])
        {
            var experiment = Experiment.Random(model.Info, Steps, batch, seed: 8);
            AssertNear(
                model.Infer(experiment, [Steps]).Outputs, model.Infer(experiment, [Steps], weights: format).Outputs);
        }
    }

    [Fact]
    public void Outputs_of_a_model_with_learned_starts_are_near_those_of_single_precision_too()
    {
        var (model, input) = (StreamInput<LearnedStart>.Model(), new StreamInput<LearnedStart>(Steps, seed: 6));
        AssertNear(input.Run(model, WeightFormat.Float32).Y, input.Run(model, format).Y);
    }

    [Fact]
    public void An_evaluator_measures_what_rounding_costs()
    {
        var model = StreamInput<EmbeddedText>.Model();
        int[] tokens = [1, 2, 3, 4, 5, 6], targets = [2, 3, 4, 5, 6, 7];
        RunOptions options = new() { BatchSize = 2, SequenceLength = 3 };
        using var exact = new Evaluator<EmbeddedText>(model, options);
        using var rounded = new Evaluator<EmbeddedText>(model, options with { Weights = format });
        var (expected, got) = (exact.LossSum(tokens, targets), rounded.LossSum(tokens, targets));
        Assert.NotEqual(expected, got);
        Assert.Equal(expected, got, tolerance * expected);
    }

    [Fact]
    public void The_weights_are_those_of_the_session_s_beginning()
    {
        var model = new LossOnTheCell(seed: 1);
        using var session = model.CreateSession(new() { Weights = format });
        var (before, after) = (new float[5], new float[5]);
        session.Step([1f, 2, 3, 4], before);

        using (var edit = model.Edit())
            edit.Parameters.Fill(0.5f);
        session.Reset();
        session.Step([1f, 2, 3, 4], after);

        Bits.AssertSame("outputs", before, after);
    }

    [Fact]
    public void The_embedding_is_that_of_the_session_s_beginning_too()
    {
        var model = new LargeText(seed: 1);
        using var session = model.CreateSession(new() { Threads = 1, Weights = format });
        var (before, after) = (new float[LargeText.Info.OutputSize], new float[LargeText.Info.OutputSize]);
        session.Step(3, before);

        using (var edit = model.Edit())
            edit.Parameters[..(LargeText.Info.Vocabulary * LargeText.Info.InputSize)].Fill(0.5f);
        session.Reset();
        session.Step(3, after);

        Bits.AssertSame("outputs", before, after);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_weight_that_is_no_finite_number_is_refused_with_its_place(float value, string text)
    {
        var model = new LossOnTheCell(seed: 1);
        var parameter = LossOnTheCell.Info.Layers[0].Parameters[1];
        using (var edit = model.Edit())
            edit.Parameters[parameter.Offset + 3] = value;

        var message = $"LossOnTheCell: {name} weights are made of finite numbers; {parameter.Name} of layer 0 has {text} at 3.";
        foreach (var batch in (int[])[1, 2])
        {
            RunOptions options = new() { BatchSize = batch, Weights = format };
            SessionMisuseTests.Says(message, () => model.CreateSession(options));
            SessionMisuseTests.Says(message, () => model.CreatePredictor(options));
        }

        using var session = model.CreateSession();
    }

    private void AssertNear(float[] expected, float[] got)
    {
        var error = expected.Zip(got, (a, b) => Math.Abs(a - b)).Max();
        var scale = expected.Max(Math.Abs);
        Assert.True(error > 0, "Nothing was rounded");
        Assert.True(error <= tolerance * scale, $"Outputs up to {scale} differ by {error}");
    }
}
