using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Weights;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>Keras' SimpleRNN: h = act(x W + b + h U).</summary>
internal sealed class SimpleRnnRule(KerasLayer layer, KerasTensors weights, KerasVersion? version) : ICellRule
{
    private readonly RowProduct input = new(layer, weights.Kernel, weights.Bias, biasRow: 0);
    private readonly RowProduct recurrent = new(layer, weights.Recurrent!, bias: null, biasRow: 0);
    private readonly VectorFunction activation = KerasFunctions.Find(layer, "activation", version);
    private readonly double[] fromInput = new double[weights.Kernel.Shape[1]];
    private readonly double[] z = new double[weights.Kernel.Shape[1]];
    private readonly double[] h = new double[weights.Kernel.Shape[1]];

    public int Units => h.Length;

    public void Reset() => Array.Clear(h);

    public ReadOnlySpan<double> Step(ReadOnlySpan<double> x)
    {
        input.Of(x, fromInput);
        recurrent.Of(h, z);
        for (var k = 0; k < z.Length; k++)
            h[k] = z[k] + fromInput[k];
        activation(h);
        return h;
    }
}
