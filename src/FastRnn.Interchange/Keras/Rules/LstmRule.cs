using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Weights;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>Keras' LSTM: gates i, f, c, o side by side; c = f c + i act(z_c), h = o act(c).</summary>
internal sealed class LstmRule(KerasLayer layer, KerasTensors weights, KerasVersion? version) : ICellRule
{
    private readonly RowProduct input = new(layer, weights.Kernel, weights.Bias, biasRow: 0);
    private readonly RowProduct recurrent = new(layer, weights.Recurrent!, bias: null, biasRow: 0);
    private readonly VectorFunction activation = KerasFunctions.Find(layer, "activation", version);
    private readonly VectorFunction gate = KerasFunctions.Find(layer, "recurrent_activation", version);
    private readonly double[] fromInput = new double[weights.Kernel.Shape[1]];
    private readonly double[] z = new double[weights.Kernel.Shape[1]];
    private readonly double[] h = new double[weights.Kernel.Shape[1] / 4];
    private readonly double[] c = new double[weights.Kernel.Shape[1] / 4];

    public int Units => h.Length;

    public void Reset()
    {
        Array.Clear(h);
        Array.Clear(c);
    }

    public ReadOnlySpan<double> Step(ReadOnlySpan<double> x)
    {
        input.Of(x, fromInput);
        recurrent.Of(h, z);
        for (var k = 0; k < z.Length; k++)
            z[k] += fromInput[k];

        var (i, f, candidate, o) = (Gate(0), Gate(1), Gate(2), Gate(3));
        gate(i.Span);
        gate(f.Span);
        activation(candidate.Span);
        gate(o.Span);
        for (var k = 0; k < Units; k++)
            h[k] = c[k] = (f.Span[k] * c[k]) + (i.Span[k] * candidate.Span[k]);
        activation(h);
        for (var k = 0; k < Units; k++)
            h[k] *= o.Span[k];
        return h;
    }

    private Memory<double> Gate(int index) => z.AsMemory(index * Units, Units);
}
