namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Where the data of a <see cref="Symbol"/> comes from.</summary>
internal abstract class SymbolSource
{
    /// <summary>For messages: "the output of 'lstm'".</summary>
    public abstract string Description { get; }
}
