using FastRnn.Interchange.Files;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Onnx.Understanding;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx;

/// <summary>An ONNX file that was opened and checked.</summary>
/// <param name="model">What was read.</param>
internal sealed class OnnxFile(OnnxModel model) : IForeignModel
{
    /// <inheritdoc/>
    public string Origin { get; } = $"ONNX, opset {model.Opset}{(model.Producer.Length > 0 ? $", by {model.Producer}" : "")}";

    /// <summary>None: a file of ONNX carries no tests.</summary>
    public IReadOnlyList<TestVector> TestVectors => [];

    /// <inheritdoc/>
    public IReadOnlyList<FileTensor> Tensors { get; } = [.. model.Initializers.Values];

    /// <summary>Opens a file.</summary>
    /// <exception cref="ForeignFileException">It is no ONNX file, or damaged.</exception>
    public static OnnxFile Open(string path) => new(OnnxModel.Read(path));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs) => new OnnxEvaluator(model).Run(inputs);

    /// <inheritdoc/>
    public Network? Understand(Findings findings) => GraphUnderstanding.Read(model, findings);
}
