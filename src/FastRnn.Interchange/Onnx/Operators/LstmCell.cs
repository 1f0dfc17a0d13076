namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>ONNX's LSTM, gates in the order i o f c, peepholes i o f; o sees the new cell state. <c>input_forget</c> makes f = 1 -
/// i.</summary>
internal sealed class LstmCell(
    RecurrentWeights weights, Func<double, double> f, Func<double, double> g, Func<double, double> h, bool couplesInputAndForget)
    : IRecurrentCell
{
    private readonly double[] input = new double[4 * weights.HiddenSize];
    private readonly double[] recurrence = new double[4 * weights.HiddenSize];

    public void Step(ReadOnlySpan<double> x, Span<double> hidden, Span<double> cell)
    {
        weights.Input(x, input);
        weights.Recurrence(0, hidden, recurrence);
        for (var j = 0; j < hidden.Length; j++)
        {
            var i = f(Sum(0, j) + (weights.Peephole(0, j) * cell[j]));
            var forget = couplesInputAndForget ? 1 - i : f(Sum(2, j) + (weights.Peephole(2, j) * cell[j]));
            cell[j] = (forget * cell[j]) + (i * g(Sum(3, j)));
            var o = f(Sum(1, j) + (weights.Peephole(1, j) * cell[j]));
            hidden[j] = o * h(cell[j]);
        }
    }

    private double Sum(int gate, int unit) => input[(gate * weights.HiddenSize) + unit] + recurrence[(gate * weights.HiddenSize) + unit];
}
