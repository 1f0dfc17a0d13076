using System.Globalization;

namespace FastRnn.Generators.Weights;

/// <summary>A tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Such as <c>F32</c>.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Begin">Its first byte behind the header.</param>
/// <param name="End">One past its last byte.</param>
internal sealed record TensorEntry(string Name, string Type, EquatableArray<long> Shape, long Begin, long End)
{
    /// <summary>As messages say a shape.</summary>
    public static string Format(IEnumerable<long> shape) =>
        "[" + string.Join(", ", shape.Select(d => d.ToString(CultureInfo.InvariantCulture))) + "]";
}
