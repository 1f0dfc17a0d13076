using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx;

/// <summary>An ONNX file of opset 7 to 27 that was read and checked: names are unique and known before they are used. What is not read
/// stands in <see cref="Problems"/>; a model with problems is neither run nor understood.</summary>
internal sealed class OnnxModel
{
    public required string Path { get; init; }

    /// <summary>The program that wrote the file, with its version: <c>pytorch 2.14.1</c>.</summary>
    public required string Producer { get; init; }

    /// <summary>The version of ONNX's own operators.</summary>
    public required int Opset { get; init; }

    /// <summary>In the file's order, in which every value is made before it is used.</summary>
    public required IReadOnlyList<OnnxNode> Nodes { get; init; }

    public required IReadOnlyDictionary<string, FileTensor> Initializers { get; init; }

    /// <summary>Inputs that have no initializer.</summary>
    public required IReadOnlyList<OnnxValue> Inputs { get; init; }

    public required IReadOnlyList<OnnxValue> Outputs { get; init; }

    /// <summary>What the file holds that cannot be read: strings, sequences, sub-graphs, functions, other domains.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Reads a file, and the files of external data beside it.</summary>
    /// <exception cref="ForeignFileException">It is no ONNX file, or damaged.</exception>
    public static OnnxModel Read(string path) => new OnnxReader(path).Read();
}
