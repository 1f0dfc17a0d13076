using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Tests.Networks;

/// <summary>One direction of a recurrent layer, by the equations of the papers.</summary>
internal static class RecurrentReference
{
    /// <summary>Runs a direction over sequences [B, T, I].</summary>
    /// <returns>Outputs [B, T, P], 0 behind a sequence's length, and the last states [B, P] and [B, H].</returns>
    public static (double[][][] Outputs, double[][] Hidden, double[][] Cell) Run(
        RecurrentLayer layer, RecurrentDirection direction, double[][][] data, int[] lengths, double[][]? hidden, double[][]? cell)
    {
        var width = direction.Projection?.Rows ?? layer.HiddenSize;
        var (outputs, lastHidden, lastCell) = (new double[data.Length][][], new double[data.Length][], new double[data.Length][]);
        for (var b = 0; b < data.Length; b++)
        {
            var h = hidden?[b] ?? Values(direction.FirstHidden, width);
            var c = cell?[b] ?? Values(direction.FirstCell, layer.HiddenSize);
            outputs[b] = [.. data[b].Select(_ => new double[width])];
            for (var step = 0; step < lengths[b]; step++)
            {
                var t = direction.Backward ? lengths[b] - 1 - step : step;
                Assert.Equal(layer.InputSize, data[b][t].Length);
                (h, c) = Step(layer, direction, data[b][t], h, c);
                outputs[b][t] = h;
            }

            (lastHidden[b], lastCell[b]) = (h, c);
        }

        return (outputs, lastHidden, lastCell);
    }

    /// <summary>A row of a matrix times a vector.</summary>
    public static double Product(WeightView matrix, int row, double[] x)
    {
        double sum = 0;
        for (var i = 0; i < matrix.Columns; i++)
            sum += matrix[row, i] * x[i];
        return sum;
    }

    private static (double[] Hidden, double[] Cell) Step(RecurrentLayer layer, RecurrentDirection direction, double[] x, double[] h,
        double[] c)
    {
        double Clip(double v) => layer.Clip is { } clip ? Math.Clamp(v, -clip, clip) : v;
        double Input(GateWeights g, int i) => Product(g.Input, i, x) + g.InputBias.Sum(b => b[i]);
        double State(GateWeights g, int i, double[] of) => Product(g.Recurrent, i, of) + g.RecurrentBias.Sum(b => b[i]);
        double[] Gate(int g, FunctionUse f, double[] peeped) =>
            [.. Enumerable.Range(0, layer.HiddenSize).Select(i => NetworkReference.Apply(
            f, Clip(Input(direction.Gates[g], i) + State(direction.Gates[g], i, h) + (direction.Gates[g].Peephole?[i] * peeped[i] ?? 0))))];

        switch (layer.Kind)
        {
            case RecurrentKind.Rnn:
                return (Gate(0, direction.GateFunction, c), c);
            case RecurrentKind.Lstm:
                Assert.Equal("i f g o", string.Join(' ', direction.Gates.Select(g => g.Gate)));
                var (i, candidate) = (Gate(0, direction.GateFunction, c), Gate(2, direction.CandidateFunction, c));
                var f = layer.CouplesInputAndForget ? Array.ConvertAll(i, v => 1 - v) : Gate(1, direction.GateFunction, c);
                double[] cell = [.. c.Select((v, k) => (f[k] * v) + (i[k] * candidate[k]))];
                var o = Gate(3, direction.GateFunction, cell);
                double[] hidden = [.. cell.Select((v, k) => o[k] * NetworkReference.Apply(direction.OutputFunction, Clip(v)))];
                return (direction.Projection is { } p ? [.. Enumerable.Range(0, p.Rows).Select(k => Product(p, k, hidden))] : hidden, cell);
            default:
                Assert.Equal("z r n", string.Join(' ', direction.Gates.Select(g => g.Gate)));
                var (z, r, n) = (Gate(0, direction.GateFunction, c), Gate(1, direction.GateFunction, c), direction.Gates[2]);
                double[] reset = [.. h.Select((v, k) => v * r[k])];
                return ([.. h.Select((v, k) =>
                {
                    var state = layer.ResetsAfterProduct ? r[k] * State(n, k, h) : State(n, k, reset);
                    return ((1 - z[k]) * NetworkReference.Apply(direction.CandidateFunction, Clip(Input(n, k) + state))) + (z[k] * v);
                })], c);
        }
    }

    private static double[] Values(WeightView? view, int count) =>
        view is null ? new double[count] : [.. Enumerable.Range(0, count).Select(i => view[i])];
}
