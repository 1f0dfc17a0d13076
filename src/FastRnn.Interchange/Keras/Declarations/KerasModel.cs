namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>A model as a file declares it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Who wrote it; null if the file does not say.</param>
/// <param name="Layers">All layers in the file's order, which is that of their weights.</param>
/// <param name="Chain">The layers from input to output; empty if they are no chain.</param>
/// <param name="Masked">Layers that are given a mask explicitly (functional models of Keras 3).</param>
/// <param name="Problems">What of it is not understood.</param>
internal sealed record KerasModel(
    string Name,
    KerasVersion? Version,
    IReadOnlyList<KerasLayer> Layers,
    IReadOnlyList<KerasLayer> Chain,
    IReadOnlySet<KerasLayer> Masked,
    IReadOnlyList<string> Problems)
{
    /// <summary>What was read otherwise than a file of Keras says it, because there is none that does.</summary>
    public IReadOnlyList<string> Assumptions { get; init; } = [];
}
