using FastRnn.Cells;
using FastRnn.Language;

namespace FastRnn.Tests.Cells;

/// <summary>The cells against their papers' formulas written out number by number. Sizes: 3 inputs, 2 units, 2 outputs or projected
/// units.</summary>
public sealed class CellFormulaTests
{
    private const int I = 3, H = 2;

    private static readonly double[] X = [0.7, -1.1, 0.4], State = [0.3, -0.6], CellState = [-0.8, 1.3];

    private int next;

    [Fact]
    public void Jordan_reads_its_last_output_into_the_hidden_layer()
    {
        var (w, u, b, v, c) = (Matrix(I), Matrix(H), Vector(), Matrix(H), Vector());
        var h = Map(k => Math.Tanh(Dot(w[k], X) + Dot(u[k], State) + b[k]));
        var parameters = Parameters(w, u, b, v, c);
        Close(Map(k => Dot(v[k], h) + c[k]), Step(new Jordan(parameters), State));
        Close(Map(k => Logistic(Dot(v[k], h) + c[k])), Step(new JordanSigmoid(parameters), State));
    }

    [Fact]
    public void IndRnn_weighs_each_units_own_past()
    {
        var (w, u, b) = (Matrix(I), Vector(), Vector());
        Close(Map(k => Math.Max(0, Dot(w[k], X) + u[k] * State[k] + b[k])), Step(new IndRnn(Parameters(w, u, b)), State));
    }

    [Fact]
    public void The_minimal_gated_unit_resets_and_updates_with_one_gate()
    {
        var (wf, wn, uf, un, bf, bn) = (Matrix(I), Matrix(I), Matrix(H), Matrix(H), Vector(), Vector());
        var f = Map(k => Logistic(Dot(wf[k], X) + Dot(uf[k], State) + bf[k]));
        var reset = Map(k => f[k] * State[k]);
        var n = Map(k => Math.Tanh(Dot(wn[k], X) + Dot(un[k], reset) + bn[k]));
        Close(Map(k => (1 - f[k]) * State[k] + f[k] * n[k]), Step(new MinimalGatedUnit(Parameters(wf, wn, uf, un, bf, bn)), State));
    }

    [Fact]
    public void LayerNormLstm_normalises_one_vector_of_all_gates_and_the_cell_state()
    {
        // Stacked, as the paper writes it: gate by gate and unit by unit.
        double[][][] w = [.. Each(_ => Matrix(I))], u = [.. Each(_ => Matrix(H))];
        double[][] gainX = [.. Each(_ => Vector())], gainH = [.. Each(_ => Vector())], b = [.. Each(_ => Vector())];
        var (gainC, bc) = (Vector(), Vector());
        double[] ofX = Norm([.. w.SelectMany(gate => gate.Select(row => Dot(row, X)))]);
        double[] ofH = Norm([.. u.SelectMany(gate => gate.Select(row => Dot(row, State)))]);
        double Gate(int gate, int k) => gainX[gate][k] * ofX[gate * H + k] + gainH[gate][k] * ofH[gate * H + k] + b[gate][k];
        var c = Map(k => Logistic(Gate(1, k)) * CellState[k] + Logistic(Gate(0, k)) * Math.Tanh(Gate(2, k)));
        var normalised = Norm(c);
        var h = Map(k => Logistic(Gate(3, k)) * Math.Tanh(gainC[k] * normalised[k] + bc[k]));

        ICell cell = new LayerNormLstm(Parameters([.. w, .. u, .. gainX, .. gainH, .. b, gainC, bc]));
        var states = cell.Step(X, [State, CellState]);
        Close(h, states[0]);
        Close(c, states[1]);
    }

    [Fact]
    public void ElmanSigmoid_is_the_logistic_function_of_the_sum()
    {
        var (w, u, b) = (Matrix(I), Matrix(H), Vector());
        Close(Map(k => Logistic(Dot(w[k], X) + Dot(u[k], State) + b[k])), Step(new ElmanSigmoid(Parameters(w, u, b)), State));
    }

    [Fact]
    public void ElmanBiasFree_is_the_hyperbolic_tangent_of_two_products()
    {
        var (w, u) = (Matrix(I), Matrix(H));
        Close(Map(k => Math.Tanh(Dot(w[k], X) + Dot(u[k], State))), Step(new ElmanBiasFree(Parameters(w, u)), State));
    }

    private static double[] Norm(double[] values)
    {
        var mean = values.Average();
        var variance = values.Average(v => (v - mean) * (v - mean));
        return [.. values.Select(v => (v - mean) / Math.Sqrt(variance + 1e-5))];
    }

    private static double[] Step(ICell cell, double[] state) => Assert.Single(cell.Step(X, [state]));

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));

    private static double Dot(double[] a, double[] b) => a.Zip(b, (p, q) => p * q).Sum();

    private static double[] Map(Func<int, double> unit) => [.. Enumerable.Range(0, H).Select(unit)];

    private static IEnumerable<T> Each<T>(Func<int, T> gate) => Enumerable.Range(0, 4).Select(gate);

    private static void Close(double[] expected, double[] got)
    {
        Assert.Equal(expected.Length, got.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], got[i], 1e-13);
    }

    /// <summary>Parameters in declared order: matrices as rows, vectors as numbers.</summary>
    private static CellParameters Parameters(params object[] parameters) => new(
        [.. parameters.Select(p => p is double[][] rows ? (rows.Length, rows[0].Length) : (((double[])p).Length, 0))],
        [.. parameters.SelectMany(p => p is double[][] rows ? rows.SelectMany(row => row) : (double[])p)]);

    private double[][] Matrix(int columns) => [.. Enumerable.Range(0, H).Select(_ => Numbers(columns))];

    private double[] Vector() => Numbers(H);

    private double[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => Math.Sin(++next * 1.7) * 1.5)];
}
