using System.Globalization;

using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The weights of a recurrent node: W [D, G H, I], R [D, G H, H], B [D, 2 G H] (W's, then R's), P [D, 3 H] (of i, o, f). The gates
/// lie one behind the other: RNN one; LSTM i, o, f, c; GRU z, r, h.</summary>
internal sealed class RecurrentWeights
{
    // Our names of the gates in our order, where the file has them, and where a peephole stands.
    private static readonly Dictionary<RecurrentKind, (string Name, int Block, int Peephole)[]> Order = new()
    {
        [RecurrentKind.Rnn] = [("h", 0, -1)],
        [RecurrentKind.Lstm] = [("i", 0, 0), ("f", 2, 2), ("g", 3, -1), ("o", 1, 1)],
        [RecurrentKind.Gru] = [("z", 0, -1), ("r", 1, -1), ("n", 2, -1)],
    };

    private readonly RecurrentKind kind;
    private readonly FileTensor input;
    private readonly FileTensor recurrent;
    private readonly FileTensor? bias;
    private readonly FileTensor? peephole;

    private RecurrentWeights(RecurrentKind kind, FileTensor input, FileTensor recurrent, FileTensor? bias, FileTensor? peephole)
    {
        (this.kind, this.input, this.recurrent, this.bias, this.peephole) = (kind, input, recurrent, bias, peephole);
        (InputSize, HiddenSize) = ((int)input.Shape[2], (int)recurrent.Shape[2]);
    }

    public int InputSize { get; }

    public int HiddenSize { get; }

    /// <summary>Checks the shapes.</summary>
    /// <returns>Null if they do not fit, which is noted.</returns>
    public static RecurrentWeights? Read(NodeCall call, RecurrentKind kind, int directions)
    {
        var gates = Order[kind].Length;
        var problems = call.Run.Findings.Problems.Count;
        var otherwise = call.Constant(2)?.Shape is [_, _, var columns] ? columns : 0;
        var hidden = (int)Math.Clamp(call.Attributes.Integer("hidden_size", otherwise), 0, int.MaxValue);
        if (hidden == 0)
        {
            call.Refuse("hidden_size: expected the length of the state, got nothing");
            return null;
        }

        var all = (long)gates * hidden;
        var inputWeight = Tensor(call, 1, "W", directions, all, null);
        var recurrentWeight = Tensor(call, 2, "R", directions, all, hidden);
        var bias = call.Input(3) is null ? null : Tensor(call, 3, "B", directions, 2 * all);
        var peephole = kind != RecurrentKind.Lstm || call.Input(7) is null ? null : Tensor(call, 7, "P", directions, 3L * hidden);
        return call.Run.Findings.Problems.Count > problems ? null : new(kind, inputWeight!, recurrentWeight!, bias, peephole);
    }

    /// <summary>The gates of a direction, in our order.</summary>
    public IReadOnlyList<GateWeights> Gates(int direction)
    {
        var (order, h) = (Order[kind], HiddenSize);
        var rows = direction * order.Length * h;
        return [.. order.Select(gate => new GateWeights(
            gate.Name,
            WeightView.Matrix(input, (rows + (gate.Block * h)) * InputSize, h, InputSize),
            WeightView.Matrix(recurrent, (rows + (gate.Block * h)) * h, h, h),
            bias is null ? [] : [WeightView.Vector(bias, (2 * rows) + (gate.Block * h), h)],
            bias is null ? [] : [WeightView.Vector(bias, (2 * rows) + ((order.Length + gate.Block) * h), h)],
            peephole is null || gate.Peephole < 0 ? null : WeightView.Vector(peephole, ((3 * direction) + gate.Peephole) * h, h)))];
    }

    private static FileTensor? Tensor(NodeCall call, int index, string name, params long?[] shape)
    {
        switch (call.Input(index))
        {
            case ConstantValue constant when constant.IsFloating && constant.Shape.Length == shape.Length
                && !shape.Where((s, i) => s is { } size ? constant.Shape[i] != size : constant.Shape[i] == 0).Any():
                call.Run.Use(constant, $"{name} of '{call.Name}'");
                return constant.File;
            case ConstantValue constant:
                var expected = string.Join(", ", shape.Select(s => s?.ToString(CultureInfo.InvariantCulture) ?? "inputs"));
                call.Refuse($"{name}: expected [{expected}] of floating numbers, got '{constant.Name}' {constant.ShapeText()}");
                return null;
            case UnknownValue:
                return null;
            case var other:
                call.Refuse(other is null ? $"{name} is left out" : $"{name} depends on the data: expected weights of the file");
                return null;
        }
    }
}
