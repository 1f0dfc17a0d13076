namespace FastRnn;

/// <summary>The model reads real-valued vectors: one step takes <c>[B, Size]</c>, a sequence <c>[T, B, Size]</c>.
/// Labels do not belong here: use <see cref="EmbeddingAttribute"/> or <see cref="OneHotAttribute"/>, any number of which may stand beside
/// it, in any order: the first layer reads all of them, one behind the other as declared.</summary>
/// <param name="size">Number of features of one step, 1 to 65,536.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class InputAttribute(int size) : Attribute
{
    /// <summary>Number of features of one step.</summary>
    public int Size { get; } = size;
}
