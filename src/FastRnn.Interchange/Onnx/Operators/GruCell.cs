namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>ONNX's GRU, gates in the order z r h: h' = (1 - z) g(..) + z h. With <c>linear_before_reset</c> the reset gate multiplies R h +
/// Rb, without it h.</summary>
internal sealed class GruCell(RecurrentWeights weights, Func<double, double> f, Func<double, double> g, bool linearBeforeReset)
    : IRecurrentCell
{
    private readonly double[] input = new double[3 * weights.HiddenSize];
    private readonly double[] recurrence = new double[3 * weights.HiddenSize];
    private readonly double[] reset = new double[weights.HiddenSize];

    public void Step(ReadOnlySpan<double> x, Span<double> h, Span<double> c)
    {
        var size = h.Length;
        weights.Input(x, input);
        weights.Recurrence(0, h, recurrence.AsSpan(0, (linearBeforeReset ? 3 : 2) * size));
        for (var j = 0; j < size; j++)
        {
            var r = f(input[size + j] + recurrence[size + j]);
            if (linearBeforeReset)
                recurrence[(2 * size) + j] *= r;
            else
                reset[j] = r * h[j];
        }

        if (!linearBeforeReset)
            weights.Recurrence(2, reset, recurrence.AsSpan(2 * size));
        for (var j = 0; j < size; j++)
        {
            var z = f(input[j] + recurrence[j]);
            var candidate = g(input[(2 * size) + j] + recurrence[(2 * size) + j]);
            h[j] = ((1 - z) * candidate) + (z * h[j]);
        }
    }
}
