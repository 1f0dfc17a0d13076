namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>An input of the graph that holds states.</summary>
/// <param name="name">Its name.</param>
/// <param name="axes">Its dimensions in the file's order.</param>
internal sealed class StateInput(string name, IReadOnlyList<AxisTag> axes) : SymbolSource
{
    public string Name { get; } = name;

    public IReadOnlyList<AxisTag> Axes { get; } = axes;

    public override string Description => $"the input '{Name}'";
}
