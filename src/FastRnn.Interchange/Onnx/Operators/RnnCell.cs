namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>ONNX's RNN: h = f(W x + R h + Wb + Rb).</summary>
internal sealed class RnnCell(RecurrentWeights weights, Func<double, double> f) : IRecurrentCell
{
    private readonly double[] input = new double[weights.HiddenSize];
    private readonly double[] recurrence = new double[weights.HiddenSize];

    public void Step(ReadOnlySpan<double> x, Span<double> h, Span<double> c)
    {
        weights.Input(x, input);
        weights.Recurrence(0, h, recurrence);
        for (var j = 0; j < h.Length; j++)
            h[j] = f(input[j] + recurrence[j]);
    }
}
