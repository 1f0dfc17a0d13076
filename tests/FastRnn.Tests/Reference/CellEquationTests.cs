using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Reference;

/// <summary>The cells against their papers' equations written out number by number, three inputs and two units.</summary>
public sealed class CellEquationTests
{
    private const int I = 3, H = 2;

    private static readonly double[] X = [0.7, -1.1, 0.4], State = [0.3, -0.6], CellState = [-0.8, 1.3];

    [Fact]
    public void Elman_is_the_hyperbolic_tangent_of_the_sum()
    {
        var p = new Numbers(1, 1, 1);
        ICell cell = new Elman(p.Parameters);
        AssertClose([Math.Tanh(p.Sum(0, 0)), Math.Tanh(p.Sum(0, 1))], Assert.Single(cell.Step(X, [State])));
    }

    [Fact]
    public void ElmanRelu_is_the_positive_part_of_the_sum()
    {
        var p = new Numbers(1, 1, 1);
        ICell cell = new ElmanRelu(p.Parameters);
        AssertClose([Math.Max(p.Sum(0, 0), 0), Math.Max(p.Sum(0, 1), 0)], Assert.Single(cell.Step(X, [State])));
    }

    [Fact]
    public void Lstm_has_the_gates_i_f_g_o_in_this_order()
    {
        var p = new Numbers(4, 4, 4);
        ICell cell = new Lstm(p.Parameters);
        var (h, c) = (new double[H], new double[H]);
        for (var unit = 0; unit < H; unit++)
        {
            c[unit] = Logistic(p.Sum(1, unit)) * CellState[unit] + Logistic(p.Sum(0, unit)) * Math.Tanh(p.Sum(2, unit));
            h[unit] = Logistic(p.Sum(3, unit)) * Math.Tanh(c[unit]);
        }

        var states = cell.Step(X, [State, CellState]);
        Assert.Equal(2, states.Length);
        AssertClose(h, states[0]);
        AssertClose(c, states[1]);
    }

    [Fact]
    public void Gru_resets_after_the_product_as_PyTorch_does()
    {
        var p = new Numbers(3, 3, 4);
        ICell cell = new Gru(p.Parameters);
        var h = new double[H];
        for (var unit = 0; unit < H; unit++)
        {
            var (r, z) = (Logistic(p.Sum(0, unit)), Logistic(p.Sum(1, unit)));
            var n = Math.Tanh(p.OfInput(2, unit) + p.Bias(2, unit) + r * (p.OfState(2, unit) + p.Bias(3, unit)));
            h[unit] = (1 - z) * n + z * State[unit];
        }

        AssertClose(h, Assert.Single(cell.Step(X, [State])));
    }

    [Fact]
    public void A_cell_can_be_called_by_its_own_types()
    {
        var p = new Numbers(4, 4, 4);
        var lstm = new Lstm(p.Parameters);
        var (h, c) = lstm.Step(new Vec<Input>(X), new Vec<Hidden>(State), new Vec<Hidden>(CellState));
        Assert.Equal([h.ToArray(), c.ToArray()], ((ICell)lstm).Step(X, [State, CellState]));
    }

    [Fact]
    public void An_input_or_state_of_another_length_is_refused()
    {
        ICell cell = new Gru(new Numbers(3, 3, 4).Parameters);
        Assert.Throws<ArgumentException>(() => cell.Step([1], [State]));
        Assert.Throws<ArgumentException>(() => cell.Step(X, [[1]]));
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-14);
        }
    }

    /// <summary>Parameters of a cell that declares its input matrices first, then its state matrices, then its vectors: all numbers
    /// different.</summary>
    private sealed class Numbers(int inputMatrices, int stateMatrices, int vectors)
    {
        private readonly double[] values =
            [.. Enumerable.Range(1, (inputMatrices * I + stateMatrices * H + vectors) * H).Select(i => Math.Sin(i * 1.7) * 1.5)];

        public CellParameters Parameters => new(
            [
                .. Enumerable.Repeat((H, I), inputMatrices),
                .. Enumerable.Repeat((H, H), stateMatrices),
                .. Enumerable.Repeat((H, 0), vectors),
            ],
            values);

        public double OfInput(int matrix, int unit) =>
            Enumerable.Range(0, I).Sum(k => values[(matrix * H + unit) * I + k] * X[k]);

        public double OfState(int matrix, int unit) =>
            Enumerable.Range(0, H).Sum(k => values[inputMatrices * H * I + (matrix * H + unit) * H + k] * State[k]);

        public double Bias(int vector, int unit) =>
            values[inputMatrices * H * I + stateMatrices * H * H + vector * H + unit];

        public double Sum(int gate, int unit) => OfInput(gate, unit) + OfState(gate, unit) + Bias(gate, unit);
    }
}
