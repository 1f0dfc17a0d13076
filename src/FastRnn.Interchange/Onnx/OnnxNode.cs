namespace FastRnn.Interchange.Onnx;

/// <summary>A node of the graph.</summary>
/// <param name="Index">Its place in the file, counted from 0.</param>
/// <param name="Name">Its name; may be empty.</param>
/// <param name="Operator">The operator, <c>LSTM</c>.</param>
/// <param name="Domain">The operator's domain; empty for ONNX's own.</param>
/// <param name="Inputs">Names of values; empty for an input that is left out.</param>
/// <param name="Outputs">Names of values; empty for an output that is left out.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record OnnxNode(
    int Index, string Name, string Operator, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs,
    OnnxAttributes Attributes)
{
    /// <summary>For messages: <c>node 12 'lstm' (LSTM)</c>.</summary>
    public string Place { get; } = PlaceOf(Index, Name, Operator);

    /// <summary>For messages, before there is a node.</summary>
    public static string PlaceOf(int index, string name, string op) =>
        name.Length == 0 ? $"node {index} ({op})" : $"node {index} '{name}' ({op})";
}
