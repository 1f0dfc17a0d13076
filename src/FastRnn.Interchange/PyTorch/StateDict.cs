using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>Named tensors, whichever file they came in.</summary>
/// <param name="Origin">The format and what is known of its writer.</param>
/// <param name="Tensors">In the order of the file.</param>
/// <param name="KeepsOrder">Whether that is the order of the model's modules; safetensors writers sort by type and name.</param>
internal sealed record StateDict(string Origin, IReadOnlyList<FileTensor> Tensors, bool KeepsOrder)
{
    /// <summary>What stood beside the tensors and is no tensor.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Why it is not known which tensors are meant.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
