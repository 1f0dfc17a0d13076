namespace FastRnn.Interchange.Networks;

/// <summary>What was understood of a file: a chain of layers, and how the file's own inputs and outputs lie around it.</summary>
/// <param name="Layers">From input to output.</param>
/// <param name="InputSize">Length of a step's vector; 0 if steps are tokens (the first layer is an embedding).</param>
/// <param name="Signature">Names and layouts of inputs and outputs in the file.</param>
internal sealed record Network(IReadOnlyList<NetworkLayer> Layers, int InputSize, Signature Signature)
{
    /// <summary>Names and layouts of inputs and outputs in the file.</summary>
    public Signature Signature { get; init; } = Signature with
    {
        Bidirectional = [.. Layers.OfType<RecurrentLayer>().Select(l => l.Directions.Count == 2)],
    };

    /// <summary>The recurrent layers: what <see cref="StateSlice.Layer"/> counts.</summary>
    public IReadOnlyList<RecurrentLayer> Recurrent { get; } = [.. Layers.OfType<RecurrentLayer>()];
}
