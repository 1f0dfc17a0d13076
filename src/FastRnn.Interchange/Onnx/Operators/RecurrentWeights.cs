using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>The weights of one direction of a recurrent operator: W <c>[G H, I]</c>, R <c>[G H, H]</c>, B <c>[2 G H]</c> (W's, then R's)
/// and an LSTM's P <c>[3 H]</c>.</summary>
internal sealed class RecurrentWeights(
    RecurrentWeights.Part w, RecurrentWeights.Part r, double[] b, double[] p, int gates, int hiddenSize)
{
    public int Gates => gates;

    public int HiddenSize => hiddenSize;

    /// <summary>W x + Wb of all gates.</summary>
    public void Input(ReadOnlySpan<double> x, Span<double> sums) => Product(w, 0, 0, x, sums);

    /// <summary>R h + Rb of some gates.</summary>
    public void Recurrence(int firstGate, ReadOnlySpan<double> h, Span<double> sums) =>
        Product(r, firstGate * hiddenSize, (gates + firstGate) * hiddenSize, h, sums);

    /// <summary>A peephole's weight; 0 where there are none.</summary>
    public double Peephole(int gate, int unit) => p.Length == 0 ? 0 : p[(gate * hiddenSize) + unit];

    /// <summary>The weights of a direction, checked.</summary>
    public static RecurrentWeights Of(NodeCall call, int direction, int directions, int gates, int inputSize, int hiddenSize)
    {
        var rows = gates * (long)hiddenSize;
        return new RecurrentWeights(
            Of(1, rows, inputSize) ?? throw call.Wrong("input 1 is left out"),
            Of(2, rows, hiddenSize) ?? throw call.Wrong("input 2 is left out"),
            Numbers(Of(3, 2 * rows)), gates == 4 ? Numbers(Of(7, 3L * hiddenSize)) : [], gates, hiddenSize);

        Part? Of(int input, params long[] shape)
        {
            if (call.Find(input) is not { } tensor)
                return null;
            long[] expected = [directions, .. shape];
            if (!tensor.Shape.Select(s => (long)s).SequenceEqual(expected))
                throw call.Wrong($"input {input}: expected [{string.Join(", ", expected)}], got {tensor.ShapeText()}");
            var count = tensor.Count / directions;
            return new Part(tensor, direction * count, count);
        }
    }

    private static double[] Numbers(Part? part)
    {
        if (part is null)
            return [];
        var numbers = new double[part.Count];
        part.Tensor.CopyTo(part.First, numbers);
        return numbers;
    }

    private void Product(Part matrix, int firstRow, int biasAt, ReadOnlySpan<double> x, Span<double> sums)
    {
        for (var row = 0; row < sums.Length; row++)
        {
            var bias = b.Length == 0 ? 0 : b[biasAt + row];
            sums[row] = bias + matrix.Tensor.Dot(matrix.First + ((firstRow + row) * x.Length), x);
        }
    }

    /// <summary>The numbers of one direction in a tensor.</summary>
    /// <param name="Tensor">The tensor.</param>
    /// <param name="First">Where they begin.</param>
    /// <param name="Count">How many there are.</param>
    internal sealed record Part(Tensor Tensor, int First, int Count);
}
