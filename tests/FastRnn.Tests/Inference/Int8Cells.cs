using FastRnn.Tests.Kernels;

namespace FastRnn.Tests.Inference;

/// <summary>A step of a layer with int8 weights in double precision, in loops over its canonical parameters: products as the arithmetic
/// contract has them, everything else as the equations say.</summary>
internal sealed class Int8Cells(LayerInfo layer, float[] parameters)
{
    /// <summary>The new states of one row.</summary>
    /// <param name="x">What the layer reads.</param>
    /// <param name="states">Its states.</param>
    public double[][] Step(float[] x, float[][] states)
    {
        var h = states[0];
        switch (layer.Cell[(layer.Cell.LastIndexOf('.') + 1)..])
        {
            case "Elman":
                return [Map(Sum("b", ("W", x), ("U", h)), Math.Tanh)];
            case "Lstm":
                return Lstm(x, h, states[1], isPeephole: false);
            case "PeepholeLstm":
                return Lstm(x, h, states[1], isPeephole: true);
            case "Gru":
                return [Gru(x, h)];
            case "GruResetBefore":
                var reset = Map(Sum("br", ("Wr", x), ("Ur", h)), Sigmoid);
                return [Mix(x, h, reset, "z", "bz", isUpdateOfState: true)];
            case "MinimalGatedUnit":
                return [Mix(x, h, Map(Sum("bf", ("Wf", x), ("Uf", h)), Sigmoid), "f", "bf", isUpdateOfState: false)];
            default:
                throw new ArgumentException(layer.Cell);
        }
    }

    private double[][] Lstm(float[] x, float[] h, float[] c, bool isPeephole)
    {
        double[] Gate(string name, Func<int, double>? seen, Func<double, double> function) => Map(
            Add(Sum("b" + name, ("W" + name, x), ("U" + name, h)), seen is null ? null : u => Vector("p" + name)[u] * seen(u)), function);

        Func<int, double>? old = isPeephole ? u => c[u] : null;
        double[] i = Gate("i", old, Sigmoid), f = Gate("f", old, Sigmoid), g = Gate("g", null, Math.Tanh);
        var cell = Units(u => (f[u] * c[u]) + (i[u] * g[u]));
        var o = Gate("o", isPeephole ? u => cell[u] : null, Sigmoid);
        return [Units(u => o[u] * Math.Tanh(cell[u])), cell];
    }

    private double[] Gru(float[] x, float[] h)
    {
        double[] r = Map(Sum("br", ("Wr", x), ("Ur", h)), Sigmoid), z = Map(Sum("bz", ("Wz", x), ("Uz", h)), Sigmoid);
        double[] input = Sum("bn", ("Wn", x)), hidden = Sum("cn", ("Un", h));
        return Units(u => ((1 - z[u]) * Math.Tanh(input[u] + (r[u] * hidden[u]))) + (z[u] * h[u]));
    }

    /// <summary>A state that a gate multiplies before a matrix does: the product is a float before it is rounded.</summary>
    private double[] Mix(float[] x, float[] h, double[] gate, string mix, string bias, bool isUpdateOfState)
    {
        var gated = h.Select((value, u) => (float)gate[u] * value).ToArray();
        var n = Map(Sum("bn", ("Wn", x), ("Un", gated)), Math.Tanh);
        var z = isUpdateOfState ? Map(Sum(bias, ("W" + mix, x), ("U" + mix, h)), Sigmoid) : Units(u => 1 - gate[u]);
        return Units(u => ((1 - z[u]) * n[u] * (Has("a") ? Vector("a")[u] : 1)) + (z[u] * h[u]));
    }

    /// <summary>A bias and products of rounded matrices and vectors.</summary>
    private double[] Sum(string bias, params (string Matrix, float[] X)[] products)
    {
        var b = Has(bias) ? Vector(bias) : new float[layer.HiddenSize];
        return Units(u => products.Aggregate((double)b[u], (sum, p) =>
        {
            var (products, scale) = Int8Definition.Product(Row(p.Matrix, u), p.X);
            return sum + ((double)products * scale);
        }));
    }

    private double[] Units(Func<int, double> value) => [.. Enumerable.Range(0, layer.HiddenSize).Select(value)];

    private static double[] Map(double[] x, Func<double, double> function) => [.. x.Select(function)];

    private static double[] Add(double[] x, Func<int, double>? more) => more is null ? x : [.. x.Select((value, u) => value + more(u))];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private bool Has(string name) => layer.Parameters.Any(p => p.Name == name);

    private float[] Vector(string name) => Values(Parameter(name));

    private float[] Row(string name, int row)
    {
        var columns = Parameter(name).Columns;
        return Values(Parameter(name))[(row * columns)..((row + 1) * columns)];
    }

    private ParameterInfo Parameter(string name) => layer.Parameters.Single(p => p.Name == name);

    private float[] Values(ParameterInfo parameter) =>
        parameters.AsSpan(layer.ParameterOffset + parameter.Offset, parameter.Count).ToArray();
}
