namespace FastRnn.Interchange.PyTorch;

/// <summary>A module of PyTorch whose tensors were found under one prefix.</summary>
/// <param name="Name">The prefix without its last dot; empty for the outermost.</param>
/// <param name="InputSize">How many numbers of a step it reads; 0 for an embedding, which reads tokens.</param>
/// <param name="OutputSize">How many it puts out.</param>
internal abstract record TorchModule(string Name, int InputSize, int OutputSize)
{
    /// <summary>The name for messages.</summary>
    public string Title => Name.Length == 0 ? "(the outermost module)" : $"'{Name}'";

    /// <summary>Its kind and sizes for messages.</summary>
    public abstract string Describe();
}
