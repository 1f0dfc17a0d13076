using FastRnn.CompilerServices;
using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Inference;

/// <summary>Sessions and predictors with int8 weights. That all widths, threads, batches and chunks have the same bits is tested with every
/// model (<c>Int8IdentityTests</c>).</summary>
public sealed class Int8SessionTests() : RoundedSessionTests(WeightFormat.Int8, "int8", tolerance: 0.06)
{
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
        LayerLayout layout = new([new(1, new(1, 1, 1), [], operands)], []);
        var info = DenseAlone.Info with { Layers = [layer with { Layout = layout }] };
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(
            () => FastRnn.Execution.WeightFormatCheck.Check(info, new() { Weights = WeightFormat.Int8 }));
        var message = $"vectors of {Length} numbers; the sums of int8 products hold {Length - 1} at most.";
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }
}
