using FastRnn.Tests.Models;
using FastRnn.Training;

namespace FastRnn.Tests.Cells;

/// <summary>How far a gradient gets.</summary>
public sealed class GradientFlowTests
{
    private const int Steps = 1000;

    [Fact]
    public void Along_an_open_forget_gate_the_gradient_of_the_cell_state_stays_near_1_over_1000_steps()
    {
        var model = new Lstm_I5_H7(1);
        model.Randomize(seed: 1, 0.2f);
        using (var edit = model.Edit())
        {
            foreach (var field in (string[])["Wf", "Uf", "Wi", "Ui"])
                edit.Parameter(0, field).Clear();
            edit.Parameter(0, "bf").Fill(12);
            edit.Parameter(0, "bi").Fill(-12);
        }

        // 1 - sigmoid(12) is 6e-6: a thousand steps take less than a hundredth.
        Assert.All(GradientOfFirst(model, state: 1), d => Assert.InRange(d, 0.98f, 1.02f));
    }

    [Fact]
    public void Through_the_vanilla_cell_it_decays()
    {
        var model = new Elman_I5_H7(1);
        model.Randomize(seed: 1, 1 / MathF.Sqrt(7));
        Assert.All(GradientOfFirst(model, state: 0), d => Assert.InRange(Math.Abs(d), 0, 1e-12f));
    }

    [Fact]
    public void A_Jordan_network_carries_its_output_and_nothing_else()
    {
        Assert.Equal([("y", 3)], JordanSigmoid_I4_H7_O3.Info.Layers[0].States.Select(s => (s.Name, s.Size)));
        var model = new JordanSigmoid_I4_H7_O3(1);
        model.Randomize(seed: 2, 0.5f);
        var open = InputGradients(model);
        Assert.All(open, step => Assert.DoesNotContain(0, step));

        // Without the way through y no step sees another.
        using (var edit = model.Edit())
            edit.Parameter(0, "U").Clear();
        var cut = InputGradients(model);
        Assert.DoesNotContain(0, cut[^1]);
        Assert.All(cut[..^1], step => Assert.All(step, d => Assert.Equal(0, d)));
    }

    /// <summary>The gradient of the first value of a state, where that of the last is 1 and nothing else is asked for.</summary>
    private static float[] GradientOfFirst<TModel>(TModel model, int state)
        where TModel : class, IModel<TModel>
    {
        var info = TModel.Info;
        var size = info.Layers[0].States[state].Size;
        using var bptt = new Bptt<TModel>(model, new() { BatchSize = 1, SequenceLength = Steps });
        bptt.SetState(0, state, Experiment.Numbers(new Random(8), size, 0.5f));
        bptt.Forward(Experiment.Numbers(new Random(9), Steps * info.InputSize, 1), new float[Steps * info.OutputSize]);
        bptt.SetStateGradient(0, state, [.. Enumerable.Repeat(1f, size)]);
        bptt.Backward(new float[Steps * info.OutputSize]);
        var first = new float[size];
        bptt.GetStateGradient(0, state, first);
        return first;
    }

    /// <summary>The gradients of the inputs of five steps, of which only the last output is asked for.</summary>
    private static float[][] InputGradients(JordanSigmoid_I4_H7_O3 model)
    {
        const int Few = 5;
        using var bptt = new Bptt<JordanSigmoid_I4_H7_O3>(model, new() { BatchSize = 1, SequenceLength = Few });
        bptt.Forward(Experiment.Numbers(new Random(10), Few * 4, 1), new float[Few * 3]);
        var dY = new float[Few * 3];
        dY.AsSpan(^3).Fill(1);
        bptt.Backward(dY);
        var dX = new float[Few * 4];
        bptt.GetInputGradient(dX);
        return [.. dX.Chunk(4)];
    }
}
