namespace FastRnn;

/// <summary>A recurrent layer of the cell <typeparamref name="TCell"/>. Layers stack in the order in which they are
/// written; the output of a layer is the first state that its cell's <c>Step</c> returns.</summary>
/// <typeparam name="TCell">A class marked with <see cref="CellAttribute"/>, of this or of a referenced assembly.</typeparam>
/// <param name="hiddenSize">The size of the dimension <c>Hidden</c>, 1 to 65,536.</param>
/// <param name="dimensions">Sizes of the cell's own dimensions, in the order of their first appearance in its fields.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class LayerAttribute<TCell>(int hiddenSize, params int[] dimensions) : Attribute
    where TCell : class
{
    /// <summary>The size of the dimension <c>Hidden</c>.</summary>
    public int HiddenSize { get; } = hiddenSize;

    /// <summary>Sizes of the cell's own dimensions, in the order of their first appearance in its fields.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;
}
