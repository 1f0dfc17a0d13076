using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx;

/// <summary>An input or output of the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its numbers.</param>
/// <param name="Shape">Its dimensions; null if the file does not say even how many.</param>
internal sealed record OnnxValue(string Name, ElementType Type, IReadOnlyList<OnnxDimension>? Shape)
{
    /// <summary>The shape for messages: <c>[batch, ?, 4]</c>.</summary>
    public string ShapeText() =>
        Shape is null ? "of any shape" : $"[{string.Join(", ", Shape.Select(d => d.Size?.ToString() ?? d.Symbol ?? "?"))}]";
}
