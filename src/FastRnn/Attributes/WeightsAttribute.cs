namespace FastRnn;

/// <summary>The model comes with weights: a safetensors file, which is an <c>AdditionalFiles</c> item of the project, is read and checked
/// when the project is built, and its numbers become static read-only data of the assembly. The constructor without a seed then makes a
/// model with these weights, without a file and without parsing. Names, shapes and types of tensors are those of <c>Save</c> and
/// <c>Load</c>.</summary>
/// <param name="path">The file's name, or as much of the end of its path as tells it apart: <c>"weights/keywords.safetensors"</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class WeightsAttribute(string path) : Attribute
{
    /// <summary>The file's name, or the end of its path.</summary>
    public string Path { get; } = path;

    /// <summary>How the assembly keeps the numbers. <see cref="WeightFormat.BFloat16"/> halves the layers' matrices (nearest, ties to even:
    /// each weight is off by at most 2^-8 of itself); vectors and embeddings stay exact. <see cref="WeightFormat.Int8"/> makes a quarter of
    /// the matrices that kernels multiply: a weight is off by half of a 127th of the largest of its row, and sessions with
    /// <see cref="WeightFormat.Int8"/> have the same bits as before. Both are widened when a model is made.</summary>
    public WeightFormat Format { get; init; } = WeightFormat.Float32;

    /// <summary>128, 256 or 512: the numbers lie in the order in which kernels of this vector width read them, so that a model of this
    /// width is made by a copy, without rearranging anything; a model of any other width has them rearranged. 0, the default: in the order
    /// of <c>Parameters</c>, rearranged for every width. The numbers are the same. <see cref="WeightFormat.Int8"/> knows no other
    /// order.</summary>
    public int Width { get; init; }
}
