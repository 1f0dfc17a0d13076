namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Last states of several layers, one behind the other: PyTorch's <c>h_n</c>.</summary>
/// <param name="parts">The state and its direction, in order.</param>
/// <param name="slices">The dimension along which they lie.</param>
internal sealed class StateStack(IReadOnlyList<(FinalState State, int Direction)> parts, AxisTag slices) : SymbolSource
{
    public IReadOnlyList<(FinalState State, int Direction)> Parts { get; } = parts;

    public AxisTag Slices { get; } = slices;

    public override string Description => "the last states of several layers";
}
