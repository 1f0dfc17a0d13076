using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>What the inputs of a graph are: the sequences, their lengths, states.</summary>
/// <param name="Main">The sequences.</param>
/// <param name="Lengths">Their lengths, or null.</param>
/// <param name="States">Inputs that hold states.</param>
/// <param name="Unused">Inputs that no node reads.</param>
internal sealed record GraphInputs(
    OnnxValue Main, OnnxValue? Lengths, IReadOnlyList<OnnxValue> States, IReadOnlyList<UnusedPort> Unused)
{
    /// <summary>Finds them: the sequences are what reaches the first recurrent layer as data.</summary>
    /// <returns>Null if they cannot be told apart; the problem is noted.</returns>
    public static GraphInputs? Find(OnnxModel model, IReadOnlyList<OnnxNode> nodes, Findings findings)
    {
        var used = nodes.SelectMany(n => n.Inputs).ToHashSet(StringComparer.Ordinal);
        List<UnusedPort> unused =
        [
            .. model.Inputs.Where(i => !used.Contains(i.Name)).Select(i => new UnusedPort(i.Name, i.Shape?.Select(d => d.Size).ToList())),
        ];
        foreach (var input in unused)
            findings.Assume($"the input '{input.Name}' {input.ShapeText()} is read by no node: it may be given, and changes nothing");

        var inputs = model.Inputs.Where(i => used.Contains(i.Name)).ToList();
        var reached = Reached(model, nodes);
        var mains = inputs.Where(i => reached.Contains(i.Name)).ToList();
        if (mains.Count > 1)
            mains.RemoveAll(IsLengths);
        if (mains.Count != 1)
        {
            findings.Problem(mains.Count == 0
                ? "no input of the graph reaches a recurrent layer as data"
                : $"expected one input with the sequences, got {string.Join(", ", mains.Select(i => $"'{i.Name}' {i.ShapeText()}"))}: "
                    + "export the part of the model that reads one");
            return null;
        }

        var lengths = inputs.Where(i => i != mains[0] && IsLengths(i)).ToList();
        var states = inputs.Where(i => i != mains[0] && i.Type.IsFloating()).ToList();
        foreach (var other in inputs.Where(i => i != mains[0]).Except(states).Except(lengths.Take(1)))
            findings.Problem(
                $"the input '{other.Name}' ({other.Type} {other.ShapeText()}): expected the sequences, one vector of lengths, or states");
        foreach (var input in inputs.Where(i => i.Shape is null))
            findings.Problem($"the input '{input.Name}': the file does not say how many dimensions it has");
        return inputs.Any(i => i.Shape is null) ? null : new GraphInputs(mains[0], lengths.FirstOrDefault(), states, unused);
    }

    private static bool IsLengths(OnnxValue input) => !input.Type.IsFloating() && input.Shape is { Count: 1 };

    private static HashSet<string> Reached(OnnxModel model, IReadOnlyList<OnnxNode> nodes)
    {
        var producers = new Dictionary<string, OnnxNode>(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            foreach (var output in node.Outputs)
                producers[output] = node;
        }

        var first = nodes.FirstOrDefault(IsRecurrent);
        var open = new Stack<string>(first is null ? model.Outputs.Take(1).Select(o => o.Name) : Data(first));
        var seen = open.ToHashSet(StringComparer.Ordinal);
        while (open.TryPop(out var name))
        {
            if (!producers.TryGetValue(name, out var node) || node.Operator is "Shape" or "Size")
                continue;
            foreach (var input in Data(node).Where(seen.Add))
                open.Push(input);
        }

        return seen;
    }

    // What a node reads as data: of a recurrent one the sequences.
    private static IEnumerable<string> Data(OnnxNode node) => node.Operator == UnrolledRnn.Operator
        ? node.Inputs.Skip(UnrolledRule.FirstStep)
        : node.Inputs.Take(IsRecurrent(node) ? 1 : int.MaxValue);

    private static bool IsRecurrent(OnnxNode node) => node.Operator is "RNN" or "LSTM" or "GRU" or UnrolledRnn.Operator;
}
