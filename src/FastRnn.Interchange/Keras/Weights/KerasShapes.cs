using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Weights;

/// <summary>Holds the shapes of a layer's tensors against its options.</summary>
internal static class KerasShapes
{
    /// <summary>What is wrong; null if nothing is.</summary>
    public static string? Problem(KerasLayer layer, KerasKind kind, IReadOnlyList<FileTensor> tensors)
    {
        if (tensors.FirstOrDefault(t => !t.Type.IsFloating()) is { } integer)
            return $"{layer.Where}: '{integer.Name}' {integer.ShapeText()}: expected floating numbers, got {integer.Type}";
        if (kind == KerasKind.Embedding)
            return Compare(layer, tensors[0], layer.Count("input_dim"), layer.Count("output_dim"));

        long units = layer.Count("units");
        var width = units * Gates(kind);
        var inputs = tensors[0].Shape.Count == 2 ? tensors[0].Shape[0] : -1;
        if (inputs == 0)
            return $"{layer.Where}: '{tensors[0].Name}' {tensors[0].ShapeText()}: expected at least one input";

        var problem = Compare(layer, tensors[0], inputs, width);
        if (kind.IsRecurrent())
            problem ??= Compare(layer, tensors[1], units, width);
        if (layer.HasBias && kind == KerasKind.Gru && layer.Flag("reset_after", false))
            problem ??= Compare(layer, tensors[^1], 2, width);
        else if (layer.HasBias)
            problem ??= Compare(layer, tensors[^1], width);
        return problem;
    }

    private static int Gates(KerasKind kind) => kind switch { KerasKind.Lstm => 4, KerasKind.Gru => 3, _ => 1 };

    private static string? Compare(KerasLayer layer, FileTensor tensor, params long[] expected) =>
        tensor.Shape.SequenceEqual(expected)
            ? null
            : $"{layer.Where}: '{tensor.Name}': expected [{string.Join(", ", expected.Select(e => e < 0 ? "inputs" : $"{e}"))}], "
                + $"got {tensor.ShapeText()}";
}
