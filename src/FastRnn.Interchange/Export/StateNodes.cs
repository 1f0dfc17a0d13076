using FastRnn.CompilerServices;

using DataType = FastRnn.Interchange.Onnx.Proto.TensorProto.Types.DataType;

namespace FastRnn.Interchange.Export;

/// <summary>With which states a layer begins, and where those with which it ends go.</summary>
/// <param name="graph">The graph.</param>
/// <param name="weights">The model's numbers: first states may be learned.</param>
/// <param name="isOpen">Whether states are inputs and outputs of the file.</param>
/// <param name="batch">The number of sequences as a tensor <c>[1]</c>, asked for where it is needed.</param>
internal sealed class StateNodes(OnnxGraph graph, ExportWeights weights, bool isOpen, Func<string> batch)
{
    private readonly Dictionary<(string, int), string> inputs = [];
    private string? rows;
    private string? stackedRows;

    public static string FirstName(RecurrentGroup group, int state) => $"{group.States[state].Name}0_{group.Suffix}";

    public static string FinalName(RecurrentGroup group, int state) => $"{group.States[state].Name}n_{group.Suffix}";

    /// <summary>A state for an operator of all directions: <c>[directions, B, size]</c>, or "" for zeros.</summary>
    public string Stacked(RecurrentGroup group, int state)
    {
        if (isOpen)
            return Input(group, state);
        if (group.First.Wiring.Starts[state].Kind != StartKind.Learned)
            return "";
        long[] shape = [group.Layers.Count, 1, group.States[state].Size];
        var learned = graph.Weights($"initial_{group.States[state].Name}_{group.Suffix}", shape, target =>
        {
            foreach (var layer in group.Layers)
            {
                Learned(layer, state).CopyTo(target);
                target = target[group.States[state].Size..];
            }
        });
        stackedRows ??= graph.Add(
            "Concat", "directions_batch", [graph.Integers(1), batch(), graph.Integers(1)], OnnxAttribute.Integer("axis", 0));
        return graph.Add("Expand", FirstName(group, state), [learned, stackedRows]);
    }

    /// <summary>A state of one direction: <c>[B, size]</c>.</summary>
    public string Single(RecurrentGroup group, int direction, int state)
    {
        var name = $"{group.States[state].Name}0_{RecurrentGroup.SuffixOf(group.Layers[direction])}";
        if (isOpen)
        {
            return graph.Add(
                "Gather", name + ".rows", [Input(group, state), graph.Integer(direction)], OnnxAttribute.Integer("axis", 0));
        }

        var (layer, size) = (group.Layers[direction], group.States[state].Size);
        var first = layer.Wiring.Starts[state].Kind == StartKind.Learned
            ? graph.Weights($"initial_{name}", [1, size], target => Learned(layer, state).CopyTo(target))
            : graph.Zeros(size);
        rows ??= graph.Add("Concat", "batch_rows", [batch(), graph.Integers(1)], OnnxAttribute.Integer("axis", 0));
        return graph.Add("Expand", name, [first, rows]);
    }

    /// <summary>Makes a value <c>[directions, B, size]</c> of that name an output of the file, if states are.</summary>
    public void Final(RecurrentGroup group, int state)
    {
        if (isOpen)
            graph.Output(FinalName(group, state), group.Layers.Count, "batch", group.States[state].Size);
    }

    /// <summary>The same of values <c>[B, size]</c>, one a direction.</summary>
    public void Final(RecurrentGroup group, int state, IReadOnlyList<string> values)
    {
        if (!isOpen)
            return;
        var name = FinalName(group, state);
        string[] stacked =
        [
            .. values.Select(v => graph.Add("Unsqueeze", values.Count == 1 ? name : v + ".stacked", [v, graph.Integers(0)])),
        ];
        if (values.Count > 1)
            graph.Add("Concat", name, stacked, OnnxAttribute.Integer("axis", 0));
        Final(group, state);
    }

    private string Input(RecurrentGroup group, int state)
    {
        if (!inputs.TryGetValue((group.Suffix, state), out var name))
        {
            name = graph.Input(FirstName(group, state), DataType.Float, group.Layers.Count, "batch", group.States[state].Size);
            inputs[(group.Suffix, state)] = name;
        }

        return name;
    }

    private ReadOnlySpan<float> Learned(LayerInfo layer, int state) =>
        weights.Of(layer, layer.Parameters[layer.Wiring.Starts[state].Index]);
}
