using FastRnn.Interchange.Onnx.Proto;

namespace FastRnn.Interchange.Export;

/// <summary>A layer whose cell no operator has, as a Scan (opset 16): its equations are the body, its weights constants outside of it. The
/// two directions of a layer are two of them.</summary>
internal sealed class ScanNodes(OnnxGraph graph, ExportWeights weights, StateNodes states)
{
    /// <summary>Writes a layer.</summary>
    /// <returns>The outputs of each direction <c>[T, B, H]</c>, with the last one <c>[B, H]</c>.</returns>
    public IReadOnlyList<Flow> Add(RecurrentGroup group, CellEquations equations, string x, bool isBackward)
    {
        var all = new Flow[group.Layers.Count];
        var last = new string[group.Layers.Count][];
        for (var side = 0; side < all.Length; side++)
        {
            var suffix = RecurrentGroup.SuffixOf(group.Layers[side]);
            var body = graph.Body($"step_{suffix}");
            new ScanBody(graph, body, weights, group.Layers[side], suffix).Write(group, equations);

            var name = graph.Name($"y_{suffix}");
            last[side] = [.. group.States.Select(s => graph.Name($"{s.Name}n_{suffix}.rows"))];
            var first = Enumerable.Range(0, group.States.Count).Select(s => states.Single(group, side, s));
            List<AttributeProto> attributes =
            [
                OnnxAttribute.Graph("body", body.Proto), OnnxAttribute.Integer("num_scan_inputs", 1),
            ];
            if (isBackward || side == 1)
            {
                attributes.Add(OnnxAttribute.Integers("scan_input_directions", 1));
                attributes.Add(OnnxAttribute.Integers("scan_output_directions", 1));
            }

            graph.AddNode("Scan", [.. last[side], name], [.. first, x], attributes);
            all[side] = new(name, Last: last[side][0]);
        }

        for (var state = 0; state < group.States.Count; state++)
            states.Final(group, state, [.. last.Select(l => l[state])]);
        return all;
    }
}
