namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>The weights of one direction of a recurrent operator: W <c>[G H, I]</c>, R <c>[G H, H]</c>, B <c>[2 G H]</c> (W's, then R's)
/// and an LSTM's P <c>[3 H]</c>.</summary>
internal sealed class RecurrentWeights(
    ReadOnlyMemory<double> w, ReadOnlyMemory<double> r, ReadOnlyMemory<double> b, ReadOnlyMemory<double> p, int gates, int hiddenSize)
{
    public int Gates => gates;

    public int HiddenSize => hiddenSize;

    /// <summary>W x + Wb of all gates.</summary>
    public void Input(ReadOnlySpan<double> x, Span<double> sums) => Product(w.Span, b.Span, 0, x, sums);

    /// <summary>R h + Rb of some gates.</summary>
    public void Recurrence(int firstGate, ReadOnlySpan<double> h, Span<double> sums) =>
        Product(r.Span[(firstGate * hiddenSize * hiddenSize)..], b.Span, (gates + firstGate) * hiddenSize, h, sums);

    /// <summary>A peephole's weight; 0 where there are none.</summary>
    public double Peephole(int gate, int unit) => p.IsEmpty ? 0 : p.Span[(gate * hiddenSize) + unit];

    /// <summary>The weights of a direction, checked.</summary>
    public static RecurrentWeights Of(NodeCall call, int direction, int directions, int gates, int inputSize, int hiddenSize)
    {
        var rows = gates * (long)hiddenSize;
        return new RecurrentWeights(
            Part(1, rows, inputSize), Part(2, rows, hiddenSize), Part(3, 2 * rows), gates == 4 ? Part(7, 3L * hiddenSize) : default,
            gates, hiddenSize);

        ReadOnlyMemory<double> Part(int input, params long[] shape)
        {
            if (call.Find(input) is not { } tensor)
                return input > 2 ? default : throw call.Wrong($"input {input} is left out");
            long[] expected = [directions, .. shape];
            if (!tensor.Shape.Select(s => (long)s).SequenceEqual(expected))
                throw call.Wrong($"input {input}: expected [{string.Join(", ", expected)}], got {tensor.ShapeText()}");
            var count = tensor.Count / directions;
            return tensor.Values.AsMemory(direction * count, count);
        }
    }

    private static void Product(
        ReadOnlySpan<double> matrix, ReadOnlySpan<double> bias, int biasAt, ReadOnlySpan<double> x, Span<double> sums)
    {
        for (var row = 0; row < sums.Length; row++)
        {
            var sum = bias.IsEmpty ? 0 : bias[biasAt + row];
            var line = matrix.Slice(row * x.Length, x.Length);
            for (var i = 0; i < line.Length; i++)
                sum += line[i] * x[i];
            sums[row] = sum;
        }
    }
}
