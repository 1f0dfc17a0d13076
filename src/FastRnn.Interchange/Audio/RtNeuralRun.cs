using System.Text.Json;

using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Rules;
using FastRnn.Interchange.Keras.Weights;
using FastRnn.Interchange.Networks;

using DeclaredLayer = FastRnn.Interchange.Keras.Declarations.KerasLayer;

namespace FastRnn.Interchange.Audio;

/// <summary>Runs layers of Keras' style one sample after the other in double, as a player does, by Keras' rules and on the tensors as they
/// lie in the file.</summary>
internal sealed class RtNeuralRun
{
    // RTNeural's recurrent layers have these functions built in, and a GRU that resets after the product.
    private static readonly JsonElement Recurrent = JsonElement.Parse(
        """{ "activation": "tanh", "recurrent_activation": "sigmoid", "reset_after": true }""");

    private readonly List<Func<double[], double[]>> steps = [];
    private readonly List<ICellRule> cells = [];

    /// <summary>Begins with states of zero.</summary>
    public RtNeuralRun(IReadOnlyList<KerasLayer> layers)
    {
        foreach (var layer in layers)
            steps.Add(Step(layer));
    }

    /// <summary>Begins a sequence.</summary>
    public void Reset()
    {
        foreach (var cell in cells)
            cell.Reset();
    }

    /// <summary>The output of a sample.</summary>
    public double[] Forward(double[] sample)
    {
        foreach (var step in steps)
            sample = step(sample);
        return sample;
    }

    private Func<double[], double[]> Step(KerasLayer layer)
    {
        switch (layer)
        {
            case KerasRecurrent recurrent:
                var weights = new KerasTensors(recurrent.Kernel, recurrent.Recurrent, recurrent.Bias);
                ICellRule cell = recurrent.Kind == RecurrentKind.Lstm
                    ? new LstmRule(new("LSTM", layer.Name, KerasKind.Lstm, Recurrent), weights, version: null)
                    : new GruRule(new("GRU", layer.Name, KerasKind.Gru, Recurrent), weights, version: null);
                cells.Add(cell);
                return x => cell.Step(x).ToArray();
            case KerasDense dense:
                var product = new RowProduct(new("Dense", layer.Name, KerasKind.Dense, default), dense.Kernel, dense.Bias, biasRow: 0);
                return x => Filled(product.Width, y => product.Of(x, y));
            case KerasActivation activation:
                var options = JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["activation"] = activation.Function });
                var function = KerasFunctions.Find(
                    new DeclaredLayer("Activation", layer.Name, KerasKind.Activation, options), "activation", version: null);
                return x =>
                {
                    var y = (double[])x.Clone();
                    function(y);
                    return y;
                };
            default:
                throw new InvalidOperationException($"no such layer: {layer}");
        }
    }

    private static double[] Filled(int count, Action<double[]> fill)
    {
        var values = new double[count];
        fill(values);
        return values;
    }
}
