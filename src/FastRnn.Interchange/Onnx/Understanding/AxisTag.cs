using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>The identity of a dimension, which it keeps through all transpositions and reshapes. What a dimension of an input means is
/// known only when it reaches a recurrent layer.</summary>
/// <param name="name">For messages.</param>
/// <param name="size">Its size in this evaluation.</param>
/// <param name="role">What it is, if that is known. Directions of a layer and layers of a state are <see cref="Axis.Slice"/>.</param>
internal sealed class AxisTag(string name, int size, Axis? role = null)
{
    public string Name { get; } = name;

    public int Size { get; } = size;

    public Axis? Role { get; private set; } = role;

    /// <summary>Says what the dimension is.</summary>
    /// <returns>Whether it is not already something else.</returns>
    public bool Bind(Axis role)
    {
        Role ??= role;
        return Role == role;
    }
}
