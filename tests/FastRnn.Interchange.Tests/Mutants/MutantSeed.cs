using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>A file of which mutants are made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">What is in it.</param>
internal sealed record MutantSeed(string Name, byte[] Bytes)
{
    /// <summary>What the import is told besides.</summary>
    public ImportOptions Options { get; init; } = new();

    /// <summary>With what a file of ONNX is run whether it is understood or not; nothing for other files.</summary>
    public IReadOnlyDictionary<string, Tensor>? Inputs { get; init; }

    /// <summary>Files that lie beside it and stay as they are.</summary>
    public IReadOnlyList<MutantSeed> Beside { get; init; } = [];

    /// <summary>A file of Data.</summary>
    public static MutantSeed Of(string path, params string[] beside) => new(Path.GetFileName(path), File.ReadAllBytes(path))
    {
        Beside = [.. beside.Select(b => Of(b))],
    };
}
