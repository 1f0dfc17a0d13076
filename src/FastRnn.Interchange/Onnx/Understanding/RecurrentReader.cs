using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The attributes and weights of an RNN, LSTM or GRU node: everything but its data. All that is wrong is noted at once.</summary>
internal static class RecurrentReader
{
    // The attributes of the three operators since opset 7.
    private static readonly Dictionary<RecurrentKind, string[]> Known = new()
    {
        [RecurrentKind.Rnn] = [],
        [RecurrentKind.Lstm] = ["input_forget"],
        [RecurrentKind.Gru] = ["linear_before_reset"],
    };

    private static readonly string[] KnownToAll = ["activations", "activation_alpha", "activation_beta", "clip", "direction", "hidden_size",
        "layout"];

    /// <summary>Reads a node.</summary>
    /// <returns>The layer without first states; null if anything is not understood, which is noted.</returns>
    public static RecurrentLayer? Read(NodeCall call)
    {
        var kind = call.Node.Operator switch
        {
            "RNN" => RecurrentKind.Rnn,
            "LSTM" => RecurrentKind.Lstm,
            _ => RecurrentKind.Gru,
        };
        var problems = call.Run.Findings.Problems.Count;
        var attributes = call.Attributes;
        foreach (var name in attributes.Names.Except(KnownToAll).Except(Known[kind]))
            call.Refuse($"attribute '{name}' is not known");
        var layout = attributes.Integer("layout", 0);
        if (layout is not (0 or 1))
            call.Refuse($"layout: expected 0 or 1, got {layout}");

        var direction = attributes.Text("direction", "forward");
        bool[]? backward = direction switch
        {
            "forward" => [false],
            "reverse" => [true],
            "bidirectional" => [false, true],
            _ => null,
        };
        if (backward is null)
        {
            call.Refuse($"direction: expected forward, reverse or bidirectional, got '{direction}'");
            return null;
        }

        var weights = RecurrentWeights.Read(call, kind, backward.Length);
        var functions = RecurrentFunctions.Read(call, kind, backward.Length);
        if (weights is null || functions is null || call.Run.Findings.Problems.Count > problems)
            return null;

        var clip = attributes.Number("clip", 0);
        if (attributes.Has("clip") && !(clip > 0))
            call.Refuse($"clip: expected more than 0, got {clip:R}");
        else if (clip > 0 && kind == RecurrentKind.Lstm)
        {
            call.Run.Findings.Assume("clip cuts the sums before the gates' functions and, as the standard's text says, the cell state on "
                + "its way out; ONNX Runtime 1.31.1 leaves the latter out and differs where a state passes the clip");
        }

        return call.Run.Findings.Problems.Count > problems
            ? null
            : new RecurrentLayer(call.Name, kind, weights.InputSize, weights.HiddenSize)
            {
                Clip = clip > 0 ? clip : null,
                CouplesInputAndForget = attributes.Integer("input_forget", 0) != 0,
                ResetsAfterProduct = attributes.Integer("linear_before_reset", 0) != 0,
                Directions = [.. backward.Select((b, d) => new RecurrentDirection
                {
                    Backward = b,
                    Gates = weights.Gates(d),
                    GateFunction = functions[d][0],
                    CandidateFunction = functions[d].Count > 1 ? functions[d][1] : FunctionUse.Tanh,
                    OutputFunction = functions[d].Count > 2 ? functions[d][2] : FunctionUse.Tanh,
                })],
            };
    }
}
