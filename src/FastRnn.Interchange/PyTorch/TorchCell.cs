using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>One direction of a recurrent layer, run by the formulas of PyTorch's documentation (2.14) in double, on the tensors as they lie
/// in the file.</summary>
internal sealed class TorchCell
{
    private readonly RecurrentKind kind;
    private readonly bool isRelu;
    private readonly int hidden;
    private readonly int state;
    private readonly FileTensor weightIh;
    private readonly FileTensor weightHh;
    private readonly double[] biasIh;
    private readonly double[] biasHh;
    private readonly FileTensor? weightHr;

    /// <summary>Takes the tensors; biases are converted, matrices stay as they are.</summary>
    public TorchCell(TorchRecurrent layer, TorchDirection tensors, bool isRelu)
    {
        (kind, hidden, this.isRelu) = (layer.Kind, layer.HiddenSize, isRelu);
        state = (int)tensors.WeightHh!.Shape[1];
        (weightIh, weightHh, weightHr) = (tensors.WeightIh!, tensors.WeightHh, tensors.WeightHr);
        var rows = (int)tensors.WeightIh!.Shape[0];
        biasIh = tensors.BiasIh is null ? new double[rows] : Tensor.Of(tensors.BiasIh).Values;
        biasHh = tensors.BiasHh is null ? new double[rows] : Tensor.Of(tensors.BiasHh).Values;
    }

    /// <summary>Runs all steps and writes each state h to its step of the output, beginning at <paramref name="feature"/>.</summary>
    public void Run(TorchSequence input, TorchSequence output, int feature, bool backward)
    {
        for (var sequence = 0; sequence < input.Batch; sequence++)
        {
            var h = new double[state];
            var c = new double[hidden];
            for (var i = 0; i < input.Steps; i++)
            {
                var step = backward ? input.Steps - 1 - i : i;
                Step(input.At(step, sequence), h, c);
                h.CopyTo(output.At(step, sequence)[feature..]);
            }
        }
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double[] Product(FileTensor matrix, double[] bias, ReadOnlySpan<double> vector)
    {
        var sums = new double[bias.Length];
        for (var row = 0; row < sums.Length; row++)
            sums[row] = bias[row] + matrix.Dot(row * vector.Length, vector);
        return sums;
    }

    private void Step(ReadOnlySpan<double> x, double[] h, double[] c)
    {
        var fromInput = Product(weightIh, biasIh, x);
        var fromState = Product(weightHh, biasHh, h);
        switch (kind)
        {
            case RecurrentKind.Lstm:
                Lstm(fromInput, fromState, h, c);
                break;
            case RecurrentKind.Gru:
                for (var k = 0; k < hidden; k++)
                {
                    var r = Sigmoid(fromInput[k] + fromState[k]);
                    var z = Sigmoid(fromInput[hidden + k] + fromState[hidden + k]);
                    var n = Math.Tanh(fromInput[(2 * hidden) + k] + (r * fromState[(2 * hidden) + k]));
                    h[k] = ((1 - z) * n) + (z * h[k]);
                }

                break;
            default:
                for (var k = 0; k < hidden; k++)
                {
                    var sum = fromInput[k] + fromState[k];
                    h[k] = isRelu ? Math.Max(0, sum) : Math.Tanh(sum);
                }

                break;
        }
    }

    private void Lstm(double[] fromInput, double[] fromState, double[] h, double[] c)
    {
        var m = new double[hidden];
        for (var k = 0; k < hidden; k++)
        {
            var i = Sigmoid(fromInput[k] + fromState[k]);
            var f = Sigmoid(fromInput[hidden + k] + fromState[hidden + k]);
            var g = Math.Tanh(fromInput[(2 * hidden) + k] + fromState[(2 * hidden) + k]);
            var o = Sigmoid(fromInput[(3 * hidden) + k] + fromState[(3 * hidden) + k]);
            c[k] = (f * c[k]) + (i * g);
            m[k] = o * Math.Tanh(c[k]);
        }

        (weightHr is null ? m : Product(weightHr, new double[state], m)).CopyTo(h, 0);
    }
}
