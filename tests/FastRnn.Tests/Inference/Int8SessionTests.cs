using FastRnn.CompilerServices;
using FastRnn.Tests.Misuse;
using FastRnn.Tests.Models;
using FastRnn.Tests.Sessions;
using FastRnn.Training;

namespace FastRnn.Tests.Inference;

/// <summary>Sessions and predictors with int8 weights. That all widths, threads, batches and chunks have the same bits is tested with every
/// model (<c>Int8IdentityTests</c>).</summary>
public sealed class Int8SessionTests
{
    private const int Steps = 20;

    [Theory]
    [InlineData(nameof(MixedStack))]
    [InlineData(nameof(GruResetBefore_L2))]
    [InlineData(nameof(PeepholeLstm_L2))]
    [InlineData(nameof(BuiltInMinimalGatedUnit_L2))]
    public void Each_step_is_that_of_the_quantized_equations(string name)
    {
        var model = TestModels.Of(name);
        for (var seed = 0; seed < 8; seed++)
        {
            var batch = 1 + (seed % 4);
            var experiment = Experiment.Random(model.Info, 1, batch, seed);
            var got = model.Infer(experiment, [1], weights: WeightFormat.Int8);
            for (var row = 0; row < batch; row++)
            {
                var x = experiment.X.AsSpan(row * model.Info.InputSize, model.Info.InputSize).ToArray();
                for (var l = 0; l < model.Info.Layers.Count; l++)
                {
                    var layer = model.Info.Layers[l];
                    float[] Row(float[][][] states, int s) =>
                        states[l][s].AsSpan(row * layer.States[s].Size, layer.States[s].Size).ToArray();
                    var before = layer.States.Select((_, s) => Row(experiment.States, s)).ToArray();
                    var expected = new Int8Cells(layer, experiment.Parameters).Step(x, before);
                    for (var s = 0; s < layer.States.Count; s++)
                    {
                        Assert.All(expected[s].Zip(Row(got.States, s)), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
                    }

                    x = Row(got.States, 0);
                }
            }
        }
    }

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
    public void Outputs_are_near_those_of_single_precision(string name)
    {
        var model = TestModels.Of(name);
        foreach (var batch in (int[])[1, 3])
        {
            var experiment = Experiment.Random(model.Info, Steps, batch, seed: 8);
            var expected = model.Infer(experiment, [Steps]).Outputs;
            var got = model.Infer(experiment, [Steps], weights: WeightFormat.Int8).Outputs;

            var error = expected.Zip(got, (a, b) => Math.Abs(a - b)).Max();
            var scale = expected.Max(Math.Abs);
            Assert.True(error > 0, "Nothing was rounded");
            Assert.True(error <= 0.06 * scale, $"Outputs up to {scale} differ by {error}");
        }
    }

    [Fact]
    public void An_evaluator_measures_what_rounding_costs()
    {
        var model = StreamInput<EmbeddedText>.Model();
        int[] tokens = [1, 2, 3, 4, 5, 6], targets = [2, 3, 4, 5, 6, 7];
        RunOptions options = new() { BatchSize = 2, SequenceLength = 3 };
        using var exact = new Evaluator<EmbeddedText>(model, options);
        using var rounded = new Evaluator<EmbeddedText>(model, options with { Weights = WeightFormat.Int8 });
        var (expected, got) = (exact.LossSum(tokens, targets), rounded.LossSum(tokens, targets));
        Assert.NotEqual(expected, got);
        Assert.Equal(expected, got, 0.05 * expected);
    }

    [Fact]
    public void The_weights_are_those_of_the_session_s_beginning()
    {
        var model = new LargeText(seed: 1);
        using var session = model.CreateSession(new() { Threads = 1, Weights = WeightFormat.Int8 });
        var (before, after) = (new float[LargeText.Info.OutputSize], new float[LargeText.Info.OutputSize]);
        session.Step(3, before);

        using (var edit = model.Edit())
            edit.Parameters.Fill(0.5f);
        session.Reset();
        session.Step(3, after);

        Bits.AssertSame("outputs", before, after);
    }

    [Fact]
    public void A_matrix_of_zeros_adds_nothing()
    {
        var model = new DenseAlone(seed: 1);
        using (var edit = model.Edit())
        {
            foreach (var parameter in DenseAlone.Info.Layers[0].Parameters)
                edit.Parameters.Slice(parameter.Offset, parameter.Count).Fill(parameter.IsVector ? 0.25f : 0);
        }

        var x = Experiment.Random(DenseAlone.Info, 1, 1, seed: 2).X;
        var (expected, got) = (new float[DenseAlone.Info.OutputSize], new float[DenseAlone.Info.OutputSize]);
        using var exact = model.CreateSession();
        using var rounded = model.CreateSession(new() { Weights = WeightFormat.Int8 });
        exact.Step(x, expected);
        rounded.Step(x, got);
        Bits.AssertSame("outputs", expected, got);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void A_weight_that_is_no_finite_number_is_refused_with_its_place(float value, string text)
    {
        var model = new LossOnTheCell(seed: 1);
        var parameter = LossOnTheCell.Info.Layers[0].Parameters[1];
        using (var edit = model.Edit())
            edit.Parameters[parameter.Offset + 3] = value;

        var message = $"LossOnTheCell: int8 weights are made of finite numbers; {parameter.Name} of layer 0 has {text} at 3.";
        foreach (var batch in (int[])[1, 2])
        {
            RunOptions options = new() { BatchSize = batch, Weights = WeightFormat.Int8 };
            SessionMisuseTests.Says(message, () => model.CreateSession(options));
            SessionMisuseTests.Says(message, () => model.CreatePredictor(options));
        }
    }

    [Fact]
    public void A_trainer_refuses_int8()
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => new Trainer<LossOnTheCell>(new(seed: 1), new() { Weights = WeightFormat.Int8 }));
        Assert.Contains("Weights: expected Float32, because gradients", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vector_whose_sums_leave_32_bits_is_refused()
    {
        const int Length = Int8Layout.MostElements + 1;
        Assert.True((Length - 1L) * 127 * 127 <= int.MaxValue);
        Assert.True(Length * 127L * 127 > int.MaxValue);
        var layer = DenseAlone.Info.Layers[0];
        PanelOperand[] operands = [new(Length, [new(0, 1, 1)])];
        LayerLayout layout = new([new(1, 1, [], operands)], []);
        var info = DenseAlone.Info with { Layers = [layer with { Layouts = [layout, layout, layout] }] };
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => Execution.WeightFormatCheck.Check(info, new() { Weights = WeightFormat.Int8 }));
        var message = $"vectors of {Length} numbers; the sums of int8 products hold {Length - 1} at most.";
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }
}
