using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Operators;

/// <summary>RNN, GRU and LSTM with all that ONNX's standard says of them (opsets 7, 14 and 22, which differ in <c>layout</c> and in
/// types).</summary>
internal static class RecurrentOperators
{
    private static readonly string[] Common =
        ["activations", "activation_alpha", "activation_beta", "clip", "direction", "hidden_size", "layout"];

    public static IEnumerable<Operator> Table { get; } =
    [
        Operator.Several("RNN", 3, 6, Rnn, Common),
        Operator.Several("GRU", 3, 6, Gru, [.. Common, "linear_before_reset"]),
        Operator.Several("LSTM", 3, 8, Lstm, [.. Common, "input_forget"]),
    ];

    private static Tensor?[] Rnn(NodeCall call)
    {
        var run = new RecurrentRun(call, gates: 1);
        var functions = Activations.Read(call, run.Directions, "Tanh");
        return run.Run((weights, direction) => new RnnCell(weights, functions[direction]));
    }

    private static Tensor?[] Gru(NodeCall call)
    {
        var run = new RecurrentRun(call, gates: 3);
        var functions = Activations.Read(call, run.Directions, "Sigmoid", "Tanh");
        var linearBeforeReset = call.Attributes.Integer("linear_before_reset", 0) != 0;
        return run.Run((weights, direction) =>
            new GruCell(weights, functions[2 * direction], functions[(2 * direction) + 1], linearBeforeReset));
    }

    private static Tensor?[] Lstm(NodeCall call)
    {
        var run = new RecurrentRun(call, gates: 4);
        var functions = Activations.Read(call, run.Directions, "Sigmoid", "Tanh", "Tanh");
        var couples = call.Attributes.Integer("input_forget", 0) != 0;
        return run.Run((weights, direction) =>
            new LstmCell(weights, functions[3 * direction], functions[(3 * direction) + 1], functions[(3 * direction) + 2], couples));
    }
}
