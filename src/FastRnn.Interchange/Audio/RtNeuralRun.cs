using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>Runs layers of Keras' style one sample after the other in double, as a player does, on the tensors as they lie in the
/// file.</summary>
internal sealed class RtNeuralRun
{
    private readonly IReadOnlyList<KerasLayer> layers;
    private readonly List<double[][]> tensors = [];
    private readonly List<(double[] H, double[] C)> states = [];

    /// <summary>Begins with states of zero.</summary>
    public RtNeuralRun(IReadOnlyList<KerasLayer> layers)
    {
        this.layers = layers;
        foreach (var layer in layers)
        {
            tensors.Add([.. layer.Tensors.Select(t => Tensor.Of(t.Tensor).Values)]);
            states.Add((new double[layer.OutputSize], new double[layer.OutputSize]));
        }
    }

    /// <summary>Begins a sequence.</summary>
    public void Reset()
    {
        foreach (var (h, c) in states)
        {
            Array.Clear(h);
            Array.Clear(c);
        }
    }

    /// <summary>The output of a sample.</summary>
    public double[] Forward(double[] sample)
    {
        for (var i = 0; i < layers.Count; i++)
        {
            sample = layers[i] switch
            {
                KerasRecurrent { Kind: RecurrentKind.Lstm } => Lstm(i, sample),
                KerasRecurrent => Gru(i, sample),
                KerasDense => Dense(i, sample),
                KerasActivation activation => Activate(activation.Function, sample),
                _ => throw new InvalidOperationException($"no such layer: {layers[i]}"),
            };
        }

        return sample;
    }

    private double[] Lstm(int layer, double[] x)
    {
        var (kernel, recurrent, bias) = (tensors[layer][0], tensors[layer][1], tensors[layer][2]);
        var (h, c) = states[layer];
        var n = h.Length;
        var sums = (double[])bias.Clone();
        AddProduct(sums, x, kernel, sums.Length);
        AddProduct(sums, h, recurrent, sums.Length);
        for (var k = 0; k < n; k++)
        {
            var carried = Sigmoid(sums[n + k]) * c[k];
            c[k] = carried + (Sigmoid(sums[k]) * Math.Tanh(sums[(2 * n) + k]));
            h[k] = Sigmoid(sums[(3 * n) + k]) * Math.Tanh(c[k]);
        }

        return (double[])h.Clone();
    }

    private double[] Gru(int layer, double[] x)
    {
        var (kernel, recurrent, bias) = (tensors[layer][0], tensors[layer][1], tensors[layer][2]);
        var h = states[layer].H;
        var n = h.Length;
        var fromInput = bias[..(3 * n)];
        var fromState = bias[(3 * n)..];
        AddProduct(fromInput, x, kernel, 3 * n);
        AddProduct(fromState, h, recurrent, 3 * n);
        for (var k = 0; k < n; k++)
        {
            var z = Sigmoid(fromInput[k] + fromState[k]);
            var r = Sigmoid(fromInput[n + k] + fromState[n + k]);
            var candidate = Math.Tanh(fromInput[(2 * n) + k] + (r * fromState[(2 * n) + k]));
            h[k] = (z * h[k]) + ((1 - z) * candidate);
        }

        return (double[])h.Clone();
    }

    private double[] Dense(int layer, double[] x)
    {
        var all = tensors[layer];
        var y = new double[layers[layer].OutputSize];
        if (all.Length == 2)
            all[1].CopyTo(y, 0);
        AddProduct(y, x, all[0], y.Length);
        return y;
    }

    private static void AddProduct(double[] sums, double[] vector, double[] matrix, int columns)
    {
        for (var row = 0; row < vector.Length; row++)
        {
            for (var column = 0; column < columns; column++)
                sums[column] += vector[row] * matrix[(row * columns) + column];
        }
    }

    private static double[] Activate(string function, double[] x)
    {
        var max = x.Max();
        var sum = x.Sum(v => Math.Exp(v - max));
        return
        [
            .. x.Select(v => function switch
            {
                "tanh" => Math.Tanh(v),
                "relu" => Math.Max(0, v),
                "sigmoid" => Sigmoid(v),
                "elu" => v > 0 ? v : Math.Exp(v) - 1,
                "softmax" => Math.Exp(v - max) / sum,
                _ => throw new ForeignFileException($"the activation '{function}' is not known"),
            }),
        ];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
