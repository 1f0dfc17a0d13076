using FastRnn.Inference;
using FastRnn.Tests.Models;

namespace FastRnn.Tests.Cells;

/// <summary>What gates do at their ends, exactly.</summary>
public sealed class GateTests
{
    private const int Steps = 100;
    private const int Hidden = 7;

    /// <summary>Beyond that a gate in single precision is 1, or nothing beside any number of the order of 1.</summary>
    private const float Saturated = 100;

    private static readonly float[] CellState = [0.5f, -1.25f, 3, -0.001f, 1, -2.5f, 0.75f];

    [Fact]
    public void A_forget_gate_of_1_and_an_input_gate_of_0_pass_the_cell_state_unaltered()
    {
        foreach (var width in TestWidths.All)
        {
            var model = Lstm(width, forget: Saturated, input: -Saturated);
            Assert.Equal(CellState, Run(model, CellState));
        }
    }

    [Fact]
    public void A_forget_gate_of_0_forgets_the_cell_state()
    {
        foreach (var width in TestWidths.All)
        {
            var model = Lstm(width, forget: -Saturated, input: 0);
            var expected = Run(model, new float[Hidden], steps: 1);
            Assert.DoesNotContain(0, expected);
            Assert.Equal(expected, Run(model, CellState, steps: 1));
        }
    }

    [Fact]
    public void A_coupled_gate_that_lets_nothing_in_forgets_nothing()
    {
        foreach (var width in TestWidths.All)
        {
            var model = new CoupledLstm_I3_H5(1, width);
            model.Randomize(seed: 4, 1);
            using (var edit = model.Edit())
            {
                foreach (var field in (string[])["Wi", "Ui"])
                    edit.Parameter(0, field).Clear();
                edit.Parameter(0, "bi").Fill(-Saturated);
            }

            Assert.Equal(CellState[..5], Run(model, CellState[..5]));
        }
    }

    [Fact]
    public void Gates_on_input_and_state_as_one_vector_are_gates_with_split_weights()
    {
        const int I = 3, H = 97;
        var random = new Random(3);
        var (x, h) = (Experiment.Numbers(random, I, 1), Experiment.Numbers(random, H, 1));
        foreach (var width in TestWidths.All)
        {
            var split = new Elman_I3_H97(1, width);
            split.Randomize(seed: 5, 0.3f);
            var joined = new DenseOfInputAndState(1, width);
            using (var edit = joined.Edit())
            {
                for (var unit = 0; unit < H; unit++)
                {
                    split.Of("W").Slice(unit * I, I).CopyTo(edit.Parameter(0, "W").Slice(unit * (I + H), I));
                    split.Of("U").Slice(unit * H, H).CopyTo(edit.Parameter(0, "W").Slice((unit * (I + H)) + I, H));
                }

                split.Of("b").CopyTo(edit.Parameter(0, "b"));
            }

            var (expected, got) = (new float[H], new float[H]);
            using var one = new Session<DenseOfInputAndState>(joined);
            one.Step([.. x, .. h], expected);
            using var two = new Session<Elman_I3_H97>(split);
            two.SetState(0, 0, h);
            two.Step(x, got);
            Assert.Equal(expected, got);
        }
    }

    [Fact]
    public void An_LSTM_of_four_matrices_on_h_and_x_is_the_LSTM_with_split_weights()
    {
        const int I = 5, H = 7;
        var random = new Random(6);
        var (x, h, c) = (Experiment.Numbers(random, I, 1), Experiment.Numbers(random, H, 1), Experiment.Numbers(random, H, 1));
        foreach (var width in TestWidths.All)
        {
            var model = new Lstm_I5_H7(1, width);
            model.Randomize(seed: 7, 0.5f);
            using var session = new Session<Lstm_I5_H7>(model);
            session.SetState(0, 0, h);
            session.SetState(0, 1, c);
            var y = new float[H];
            session.Step(x, y);
            for (var unit = 0; unit < H; unit++)
            {
                // One row [U W] for each gate times [h, x], in double.
                double Gate(string gate)
                {
                    double[] row = [.. model.Of("U" + gate).Slice(unit * H, H).ToArray().Select(v => (double)v),
                        .. model.Of("W" + gate).Slice(unit * I, I).ToArray().Select(v => (double)v)];
                    return row.Zip([.. h, .. x], (w, v) => w * v).Sum() + model.Of("b" + gate)[unit];
                }

                double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));
                var cell = (Sigmoid(Gate("f")) * c[unit]) + (Sigmoid(Gate("i")) * Math.Tanh(Gate("g")));
                Assert.Equal(Sigmoid(Gate("o")) * Math.Tanh(cell), y[unit], 1e-6);
            }
        }
    }

    [Fact]
    public void The_GRU_has_three_quarters_of_the_parameters_of_the_LSTM()
    {
        var lstm = Lstm_I3_H5.Info.ParameterCount;
        Assert.Equal(4 * 5 * (3 + 5 + 1), lstm);
        Assert.Equal(3 * lstm, 4 * GruResetBefore_I3_H5.Info.ParameterCount);
        Assert.Equal(3 * lstm, 4 * CoupledLstm_I3_H5.Info.ParameterCount);

        // PyTorch's form has three quarters of the weights, and one more bias, of the product that is reset.
        int[] Counts(ModelInfo info) => [info.ParameterCount, info.Layers[0].Parameters.Where(p => !p.IsVector).Sum(p => p.Count)];
        var (big, small) = (Counts(Lstm_I5_H7.Info), Counts(Gru_I5_H7.Info));
        Assert.Equal(3 * big[1], 4 * small[1]);
        Assert.Equal(3 * big[0] + 4 * Hidden, 4 * small[0]);
    }

    private static Lstm_I5_H7 Lstm(SimdWidth width, float forget, float input)
    {
        var model = new Lstm_I5_H7(1, width);
        model.Randomize(seed: 1, 1);
        using (var edit = model.Edit())
        {
            foreach (var field in (string[])["Wi", "Ui", "Wf", "Uf"])
                edit.Parameter(0, field).Clear();
            edit.Parameter(0, "bf").Fill(forget);
            edit.Parameter(0, "bi").Fill(input);
        }

        return model;
    }

    /// <summary>The cell state after some steps of random input.</summary>
    private static float[] Run<TModel>(TModel model, float[] cellState, int steps = Steps)
        where TModel : class, IModel<TModel>
    {
        using var session = new Session<TModel>(model);
        session.SetState(0, 1, cellState);
        var x = Experiment.Numbers(new Random(2), steps * TModel.Info.InputSize, 1);
        session.Run(x, new float[steps * TModel.Info.OutputSize]);
        var last = new float[cellState.Length];
        session.GetState(0, 1, last);
        return last;
    }
}
