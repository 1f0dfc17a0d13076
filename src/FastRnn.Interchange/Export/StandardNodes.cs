using FastRnn.Interchange.Onnx.Proto;

namespace FastRnn.Interchange.Export;

/// <summary>A layer as an RNN, GRU or LSTM node. Weights are W <c>[D, G H, I]</c>, R <c>[D, G H, H]</c>, B <c>[D, 2 G H]</c> (the input's
/// biases, then the state's), P <c>[D, 3 H]</c>, gates one behind the other; Y is <c>[T, D, B, H]</c>, the last states
/// <c>[D, B, H]</c>.</summary>
internal sealed class StandardNodes(OnnxGraph graph, ExportWeights weights, StateNodes states)
{
    /// <summary>Writes a node.</summary>
    public IReadOnlyList<Flow> Add(RecurrentGroup group, StandardCell cell, string x, bool isBackward)
    {
        var (suffix, info) = (group.Suffix, group.First);
        long directions = group.Layers.Count;
        long rows = cell.Gates.Length * info.HiddenSize;
        var hasBias = info.Parameters.Any(p => p.Name == "b" + cell.Gates[0]);
        List<string> inputs =
        [
            x,
            graph.Weights($"weight_ih_{suffix}", [directions, rows, info.InputSize], Fill(group, cell, "W", info.InputSize)),
            graph.Weights($"weight_hh_{suffix}", [directions, rows, info.HiddenSize], Fill(group, cell, "U", info.HiddenSize)),
            hasBias ? graph.Weights($"bias_{suffix}", [directions, 2 * rows], Biases(group, cell)) : "",
            "",
        ];
        inputs.AddRange(Enumerable.Range(0, group.States.Count).Select(state => states.Stacked(group, state)));
        if (cell.HasPeepholes)
            inputs.Add(graph.Weights($"peephole_{suffix}", [directions, 3L * info.HiddenSize], Peepholes(group)));

        var all = graph.Name($"y_{suffix}");
        string[] last = [.. Enumerable.Range(0, group.States.Count).Select(state => graph.Name(StateNodes.FinalName(group, state)))];
        graph.AddNode(cell.Operator, [all, .. last], inputs, Attributes(group, cell, isBackward));
        for (var state = 0; state < last.Length; state++)
            states.Final(group, state);
        return [.. group.Layers.Select((_, side) => new Flow(all, Last: last[0], Side: side))];
    }

    private static List<AttributeProto> Attributes(RecurrentGroup group, StandardCell cell, bool isBackward)
    {
        List<AttributeProto> attributes = [OnnxAttribute.Integer("hidden_size", group.First.HiddenSize)];
        if (group.Layers.Count == 2 || isBackward)
            attributes.Add(OnnxAttribute.Text("direction", isBackward ? "reverse" : "bidirectional"));
        if (cell.Function is { } function)
            attributes.Add(OnnxAttribute.Texts("activations", group.Layers.Select(_ => function)));
        if (cell.Couples)
            attributes.Add(OnnxAttribute.Integer("input_forget", 1));
        if (cell.ResetsAfter)
            attributes.Add(OnnxAttribute.Integer("linear_before_reset", 1));
        return attributes;
    }

    private Action<Span<float>> Fill(RecurrentGroup group, StandardCell cell, string stem, int columns) => target =>
    {
        var block = group.First.HiddenSize * columns;
        foreach (var layer in group.Layers)
        {
            foreach (var gate in cell.Gates)
            {
                if (!(cell.Couples && gate == "f"))
                    weights.Of(layer, stem + gate).CopyTo(target);
                target = target[block..];
            }
        }
    };

    // All biases stand with the input's but for that which a GRU adds inside of the reset's bracket.
    private Action<Span<float>> Biases(RecurrentGroup group, StandardCell cell) => target =>
    {
        var size = group.First.HiddenSize;
        foreach (var layer in group.Layers)
        {
            for (var g = 0; g < cell.Gates.Length; g++)
            {
                var gate = cell.Gates[g];
                if (!(cell.Couples && gate == "f"))
                    weights.Of(layer, "b" + gate).CopyTo(target[(g * size)..]);
                if (cell.ResetsAfter && gate == "n")
                    weights.Of(layer, "cn").CopyTo(target[((cell.Gates.Length + g) * size)..]);
            }

            target = target[(2 * cell.Gates.Length * size)..];
        }
    };

    private Action<Span<float>> Peepholes(RecurrentGroup group) => target =>
    {
        foreach (var layer in group.Layers)
        {
            foreach (var field in (string[])["pi", "po", "pf"])
            {
                weights.Of(layer, field).CopyTo(target);
                target = target[group.First.HiddenSize..];
            }
        }
    };
}
