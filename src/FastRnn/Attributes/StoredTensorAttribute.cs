namespace FastRnn;

/// <summary>Names a tensor of a weights file and the parameters of which it consists, stacked by rows; without it each
/// parameter is a tensor of its own name. The layer's index is appended: <c>weight_ih</c> becomes <c>weight_ih_l0</c>.</summary>
/// <remarks>A part written <c>+b</c> is stored as zeros and, when read, <b>added</b> to the parameter <c>b</c>: this is how
/// PyTorch's second bias, which the equations do not have, is written and understood.</remarks>
/// <param name="name">The tensor's name without the layer's suffix.</param>
/// <param name="parts">Names of parameters, <c>+</c> before those that are folded.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class StoredTensorAttribute(string name, params string[] parts) : Attribute
{
    /// <summary>The tensor's name without the layer's suffix.</summary>
    public string Name { get; } = name;

    /// <summary>Names of parameters, <c>+</c> before those that are folded.</summary>
    public IReadOnlyList<string> Parts { get; } = parts;
}
