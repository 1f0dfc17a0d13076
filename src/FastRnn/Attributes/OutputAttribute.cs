namespace FastRnn;

/// <summary>Begins a head: what follows, up to the next head, reads what stands before the first one, and ends with a loss of its own. A
/// head holds dense layers, activations, scales, dropout and pools; its outputs stand behind those of the heads before it.</summary>
/// <param name="name">What it is called: in messages, in <see cref="ModelInfo.Heads"/> and before the names of its tensors in a file.
/// ASCII letters, digits and <c>_</c>, a letter first; each head another.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class OutputAttribute(string name) : Attribute
{
    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>What its loss is multiplied by in the loss of the model, which is the sum over the heads; finite and above 0.</summary>
    public double Weight { get; init; } = 1;
}
