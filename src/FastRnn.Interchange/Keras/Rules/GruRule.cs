using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Weights;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>Keras' GRU: gates z, r, h side by side; h = z h + (1 - z) candidate. With <c>reset_after</c> r multiplies the product
/// h U_h + b, whose bias is the second row; else it multiplies h before the product.</summary>
internal sealed class GruRule(KerasLayer layer, KerasTensors weights, KerasVersion? version) : ICellRule
{
    private readonly bool resetAfter = layer.Flag("reset_after", false);
    private readonly RowProduct input = new(layer, weights.Kernel, weights.Bias, biasRow: 0);
    private readonly RowProduct recurrent =
        new(layer, weights.Recurrent!, layer.Flag("reset_after", false) ? weights.Bias : null, biasRow: 1);

    private readonly VectorFunction activation = KerasFunctions.Find(layer, "activation", version);
    private readonly VectorFunction gate = KerasFunctions.Find(layer, "recurrent_activation", version);
    private readonly double[] fromInput = new double[weights.Kernel.Shape[1]];
    private readonly double[] fromState = new double[weights.Kernel.Shape[1]];
    private readonly double[] gates = new double[weights.Kernel.Shape[1] / 3 * 2];
    private readonly double[] candidate = new double[weights.Kernel.Shape[1] / 3];
    private readonly double[] h = new double[weights.Kernel.Shape[1] / 3];

    public int Units => h.Length;

    public void Reset() => Array.Clear(h);

    public ReadOnlySpan<double> Step(ReadOnlySpan<double> x)
    {
        input.Of(x, fromInput);
        recurrent.Of(h, fromState);
        for (var k = 0; k < gates.Length; k++)
            gates[k] = fromInput[k] + fromState[k];
        var z = gates.AsSpan(0, Units);
        var r = gates.AsSpan(Units);
        gate(z);
        gate(r);
        if (resetAfter)
        {
            for (var k = 0; k < Units; k++)
                candidate[k] = fromInput[(2 * Units) + k] + (r[k] * fromState[(2 * Units) + k]);
        }
        else
        {
            var reset = new double[Units];
            for (var k = 0; k < Units; k++)
                reset[k] = r[k] * h[k];
            recurrent.Of(reset, fromState);
            for (var k = 0; k < Units; k++)
                candidate[k] = fromInput[(2 * Units) + k] + fromState[(2 * Units) + k];
        }

        activation(candidate);
        for (var k = 0; k < Units; k++)
            h[k] = (z[k] * h[k]) + ((1 - z[k]) * candidate[k]);
        return h;
    }
}
