namespace FastRnn;

/// <summary>The model reads tokens (labels 0 to <see cref="Vocabulary"/> - 1) and looks each up in a learned table
/// <c>[Vocabulary, Size]</c>: the product of a matrix with a one-hot vector, computed as a copy of a row. Several inputs may
/// stand side by side: a step then takes a token for each input of tokens, <c>[B, K]</c> in declared order, beside the vector of
/// <see cref="InputAttribute"/> if there is one.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EmbeddingAttribute : Attribute
{
    /// <summary>Number of different tokens, 1 to 1,048,576.</summary>
    public required int Vocabulary { get; init; }

    /// <summary>Length of a token's vector, 1 to 65,536.</summary>
    public required int Size { get; init; }
}
