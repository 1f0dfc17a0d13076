namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The last states of a recurrent layer: of each direction the one after the last step that it reads.</summary>
/// <param name="layer">The layer.</param>
/// <param name="isCell">An LSTM's cell state, or h.</param>
internal sealed class FinalState(ChainStage layer, bool isCell) : SymbolSource
{
    public ChainStage Layer { get; } = layer;

    public bool IsCell { get; } = isCell;

    public override string Description => $"the last {(IsCell ? "cell state" : "state")} of '{Layer.Layer!.Name}'";

    /// <summary>The layer followed by its last step, where h goes on as data.</summary>
    public ChainStage Pooled => Layer.Last();
}
