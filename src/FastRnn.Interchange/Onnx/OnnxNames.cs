using FastRnn.Interchange.Onnx.Proto;

namespace FastRnn.Interchange.Onnx;

/// <summary>ONNX's rule of names: every value is made once, and before it is used.</summary>
internal static class OnnxNames
{
    /// <summary>Checks a graph.</summary>
    /// <exception cref="ForeignFileException">A value is made twice, or used before it is made.</exception>
    public static void Check(string path, GraphProto graph)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tensor in graph.SparseInitializer)
            known.Add(tensor.Values?.Name ?? "");
        foreach (var tensor in graph.Initializer)
            known.Add(tensor.Name);

        var inputs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var input in graph.Input)
        {
            if (input.Name.Length == 0 || !inputs.Add(input.Name))
                throw new ForeignFileException($"{path}: input '{input.Name}' has no name, or stands in the file twice");
        }

        known.UnionWith(inputs);
        for (var i = 0; i < graph.Node.Count; i++)
        {
            var node = graph.Node[i];
            foreach (var name in node.Input)
            {
                if (name.Length > 0 && !known.Contains(name))
                {
                    throw new ForeignFileException(
                        $"{path}: {OnnxNode.PlaceOf(i, node.Name, node.OpType)}: its input '{name}' is made by nothing before it");
                }
            }

            foreach (var name in node.Output)
            {
                if (name.Length > 0 && !known.Add(name))
                {
                    throw new ForeignFileException(
                        $"{path}: {OnnxNode.PlaceOf(i, node.Name, node.OpType)}: its output '{name}' is made twice");
                }
            }
        }

        var outputs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var output in graph.Output)
        {
            if (!known.Contains(output.Name) || !outputs.Add(output.Name))
                throw new ForeignFileException($"{path}: output '{output.Name}' is made by nothing, or stands in the file twice");
        }
    }
}
