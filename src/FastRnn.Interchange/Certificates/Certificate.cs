using FastRnn.Interchange.Files;

namespace FastRnn.Interchange.Certificates;

/// <summary>What was found in a file, how it was read, and how far apart the file and the generated model are.</summary>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Sha256">Its hash.</param>
/// <param name="Origin">Format, version and program.</param>
/// <param name="Network">The layers, one a line.</param>
/// <param name="Assumptions">What the file leaves open.</param>
/// <param name="Tensors">Each tensor's way.</param>
/// <param name="Comparisons">All of them.</param>
internal sealed record Certificate(
    string File,
    string Sha256,
    string Origin,
    IReadOnlyList<string> Network,
    IReadOnlyList<string> Assumptions,
    IReadOnlyList<TensorUse> Tensors,
    IReadOnlyList<Comparison> Comparisons)
{
    /// <summary>For how many samples a second (Hz) an audio model was made; null if the file does not say.</summary>
    public double? SampleRate { get; init; }

    /// <summary>Whether all comparisons pass.</summary>
    public bool Passes => Comparisons.Count > 0 && Comparisons.All(c => c.Passes);
}
