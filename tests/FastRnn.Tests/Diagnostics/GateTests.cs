using FastRnn.Diagnostics;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Diagnostics;

/// <summary>The values of gates, and how many of them are saturated.</summary>
public sealed class GateTests
{
    [Fact]
    public void The_gates_of_the_built_in_cells_are_known_by_name()
    {
        Assert.Equal(
            ["i Sigmoid", "f Sigmoid", "g Tanh", "o Sigmoid", "Tanh(c) Tanh"],
            Inspector<InspectedStack>.Activations(0).Select(a => $"{a.Name} {a.Function}"));
        Assert.Equal(["r Sigmoid", "z Sigmoid", "n Tanh"], Inspector<InspectedStack>.Activations(1).Select(a => $"{a.Name} {a.Function}"));
        Assert.Equal(["h Tanh"], Inspector<InspectedElman>.Activations(0).Select(a => $"{a.Name} {a.Function}"));
        Assert.Equal(["h Relu"], Inspector<InspectedRelu>.Activations(0).Select(a => $"{a.Name} {a.Function}"));
        Assert.Empty(Inspector<InspectedStack>.Activations(2));
    }

    [Theory]
    [InlineData("i")]
    [InlineData("f")]
    [InlineData("o")]
    public void Values_are_those_of_the_equations(string gate)
    {
        const int Steps = 4, Batch = 2;
        var experiment = Experiment.Random(InspectedLstm.Info, Steps, Batch, seed: 4);
        var model = GradientFlowTests.Model<InspectedLstm>(new(seed: 1), experiment);
        using var inspector = new Inspector<InspectedLstm>(model, new() { BatchSize = Batch, SequenceLength = Steps });
        inspector.Forward(experiment.X);
        var (h, got) = (new float[Batch * 5], new float[Batch * 5]);
        float[] w = [.. model.Parameter(0, "W" + gate)], u = [.. model.Parameter(0, "U" + gate)], b = [.. model.Parameter(0, "b" + gate)];
        for (var t = 0; t < Steps; t++)
        {
            inspector.GetState(0, 0, t, h);
            inspector.GetActivation(0, gate, t, got);
            for (var row = 0; row < Batch; row++)
            {
                for (var unit = 0; unit < 5; unit++)
                {
                    double sum = b[unit];
                    for (var k = 0; k < 3; k++)
                        sum += (double)w[unit * 3 + k] * experiment.X[(t * Batch + row) * 3 + k];
                    for (var k = 0; k < 5; k++)
                        sum += (double)u[unit * 5 + k] * h[row * 5 + k];
                    Assert.Equal(1 / (1 + Math.Exp(-sum)), got[row * 5 + unit], 1e-6);
                }
            }
        }
    }

    [Fact]
    public void A_gate_that_its_bias_holds_open_or_shut_is_saturated_and_no_other()
    {
        var model = new InspectedLstm(seed: 1);
        using (var edit = model.Edit())
        {
            edit.Parameter(0, "bf").Fill(20);
            edit.Parameter(0, "bi").Fill(-20);
            edit.Parameter(0, "bg")[3] = -20;
        }

        using var inspector = new Inspector<InspectedLstm>(model, new() { BatchSize = 2, SequenceLength = 6 });
        inspector.Forward(Experiment.Numbers(new Random(5), 6 * 2 * 3, 0.1f));
        var (forget, input, output, g) =
            (inspector.Saturation(0, "f"), inspector.Saturation(0, "i"), inspector.Saturation(0, "o"), inspector.Saturation(0, "g"));
        Assert.Equal((0, 1, 1), (forget.Low, forget.High, forget.Saturated));
        Assert.Equal((1, 0), (input.Low, input.High));
        Assert.Equal(0, output.Saturated);
        Assert.InRange(output.Mean, 0.4, 0.6);
        Assert.Equal([0, 0, 0, 1, 0], g.LowByUnit);
        Assert.Equal(0.2, g.Low, 1e-12);
        Assert.Equal(Enumerable.Repeat(0.2, 6), g.LowByStep.Select(v => Math.Round(v, 12)));
        Assert.All([.. g.HighByUnit, .. g.HighByStep], v => Assert.Equal(0, v));
    }

    [Fact]
    public void A_dead_unit_of_a_relu_is_seen()
    {
        var model = new InspectedRelu(seed: 1);
        using (var edit = model.Edit())
        {
            edit.Parameter(0, "W").Fill(1);
            edit.Parameter(0, "b")[1] = -100;
        }

        using var inspector = new Inspector<InspectedRelu>(model, new() { BatchSize = 1, SequenceLength = 3 });
        inspector.Forward([1f, 1, 1]);
        Assert.Equal([0, 1], inspector.Saturation(0, "h").LowByUnit);
    }

    [Fact]
    public void A_backward_pass_uses_the_gates_up_and_a_misspelt_name_is_refused()
    {
        using var inspector = new Inspector<InspectedLstm>(new InspectedLstm(seed: 1), new() { BatchSize = 1, SequenceLength = 2 });
        Assert.Throws<InvalidOperationException>(() => inspector.Saturation(0, "f"));
        Assert.Throws<InvalidOperationException>(() => inspector.GradientNorm(0, 0, 0));
        inspector.Forward(new float[6]);
        Assert.Contains("it has i, f, g, o, Tanh(c)", Assert.Throws<ArgumentException>(() => inspector.Saturation(0, "forget")).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => inspector.Saturation(1, "f"));
        Assert.Throws<ArgumentOutOfRangeException>(() => inspector.GetActivation(0, "f", 2, new float[5]));
        Assert.Throws<ArgumentException>(() => inspector.GetActivation(0, "f", 1, new float[4]));
        inspector.Backward(new float[10]);
        Assert.Contains(
            "uses it up", Assert.Throws<InvalidOperationException>(() => inspector.Saturation(0, "f")).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => inspector.Backward(new float[10]));
        Assert.Throws<ArgumentOutOfRangeException>(() => inspector.GradientNorm(0, 0, 3));
        Assert.Throws<ArgumentException>(() => inspector.GradientNorm(0, 2, 0));
        inspector.Dispose();
        Assert.Throws<ObjectDisposedException>(() => inspector.Forward(new float[6]));
    }
}
