namespace FastRnn;

/// <summary>The model reads tokens and sees each as a one-hot vector of length <see cref="Vocabulary"/>. Nothing is
/// multiplied by zero: the first layer reads one column of its input weights. Beside other
/// inputs (<see cref="EmbeddingAttribute"/>) it is a vector among theirs.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OneHotAttribute : Attribute
{
    /// <summary>Number of different tokens, 1 to 65,536.</summary>
    public required int Vocabulary { get; init; }
}
