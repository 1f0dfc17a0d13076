using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>What RNN, GRU and LSTM have in common: directions, lengths, first states and the two layouts. Steps behind a sequence's length
/// are 0 in Y; Y_h and Y_c are the states after its last step, the first states where it has none.</summary>
internal sealed class RecurrentRun
{
    private readonly NodeCall call;
    private readonly Tensor x;
    private readonly bool batchFirst;
    private readonly bool isReverse;
    private readonly int gates;
    private readonly int steps;
    private readonly int batch;
    private readonly int inputSize;
    private readonly int hiddenSize;
    private readonly int[] lengths;

    public RecurrentRun(NodeCall call, int gates)
    {
        (this.call, this.gates, x) = (call, gates, call[0]);
        var direction = call.Attributes.Text("direction", "forward");
        if (direction is not ("forward" or "reverse" or "bidirectional"))
            throw call.Wrong($"direction '{direction}' is not known");
        (Directions, isReverse) = (direction == "bidirectional" ? 2 : 1, direction == "reverse");

        var layout = call.Attributes.Integer("layout", 0);
        if (layout is not (0 or 1) || (layout == 1 && call.Opset < 14))
            throw call.Wrong($"layout {layout} is not known in opset {call.Opset}");
        batchFirst = layout == 1;
        if (x.Rank != 3 || !x.Type.IsFloating())
            throw call.Wrong($"input 0: expected floating numbers of 3 dimensions, got {x.Type} {x.ShapeText()}");
        (steps, batch, inputSize) = batchFirst ? (x.Shape[1], x.Shape[0], x.Shape[2]) : (x.Shape[0], x.Shape[1], x.Shape[2]);

        hiddenSize = call[2].Rank == 3 ? call[2].Shape[2] : throw call.Wrong($"input 2: expected 3 dimensions, got {call[2].ShapeText()}");
        if (hiddenSize < 1 || call.Attributes.Integer("hidden_size", hiddenSize) != hiddenSize)
            throw call.Wrong($"hidden_size {call.Attributes.Integer("hidden_size", hiddenSize)} does not fit to R {call[2].ShapeText()}");
        lengths = ReadLengths();
    }

    public int Directions { get; }

    /// <summary>Runs all sequences in all directions: Y, Y_h and for an LSTM Y_c.</summary>
    public Tensor?[] Run(Func<RecurrentWeights, int, IRecurrentCell> cellOf)
    {
        var weights = Enumerable.Range(0, Directions)
            .Select(d => RecurrentWeights.Of(call, d, Directions, gates, inputSize, hiddenSize)).ToArray();
        int[] stateShape = batchFirst ? [batch, Directions, hiddenSize] : [Directions, batch, hiddenSize];
        var h = FirstState(5, stateShape);
        var c = FirstState(gates == 4 ? 6 : int.MaxValue, stateShape);
        var y = !call.Wants(0) ? null
            : call.New(batchFirst ? [batch, steps, Directions, hiddenSize] : [steps, Directions, batch, hiddenSize], x.Type);

        for (var d = 0; d < Directions; d++)
        {
            var cell = cellOf(weights[d], d);
            for (var b = 0; b < batch; b++)
                RunSequence(cell, d, b, State(h, d, b), State(c, d, b), y);
        }

        return gates == 4 ? [y, h, c] : [y, h];
    }

    private void RunSequence(IRecurrentCell cell, int d, int b, Span<double> h, Span<double> c, Tensor? y)
    {
        call.Spend((long)lengths[b] * gates * hiddenSize * (1 + (long)inputSize + hiddenSize));
        for (var k = 0; k < lengths[b]; k++)
        {
            var t = isReverse || d == 1 ? lengths[b] - 1 - k : k;
            cell.Step(x.Values.AsSpan((batchFirst ? (b * steps) + t : (t * batch) + b) * inputSize, inputSize), h, c);
            if (y is not null)
            {
                var at = batchFirst ? (((b * steps) + t) * Directions) + d : (((t * Directions) + d) * batch) + b;
                h.CopyTo(y.Values.AsSpan(at * hiddenSize));
            }
        }
    }

    private Span<double> State(Tensor states, int d, int b) =>
        states.Values.AsSpan((batchFirst ? (b * Directions) + d : (d * batch) + b) * hiddenSize, hiddenSize);

    private Tensor FirstState(int input, int[] shape)
    {
        var state = call.New(shape, x.Type);
        if (call.Find(input) is { } first)
        {
            if (!first.Shape.AsSpan().SequenceEqual(shape))
                throw call.Wrong($"input {input}: expected {state.ShapeText()}, got {first.ShapeText()}");
            first.Values.CopyTo(state.Values, 0);
        }

        return state;
    }

    private int[] ReadLengths()
    {
        if (call.Find(4) is null)
            return [.. Enumerable.Repeat(steps, batch)];
        var given = call.Integers(4);
        if (given.Length != batch || given.Any(n => n < 0 || n > steps))
            throw call.Wrong($"input 4: expected {batch} lengths of 0 to {steps}, got {NodeCall.ListText(given)}");
        return [.. given.Select(n => (int)n)];
    }
}
