using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Audio;

/// <summary>A layer of RTNeural's JSON in Keras' style.</summary>
/// <param name="Name">Its type and place.</param>
/// <param name="OutputSize">How many numbers it puts out.</param>
internal abstract record KerasLayer(string Name, int OutputSize)
{
    /// <summary>Its tensors, each with what it is.</summary>
    public abstract IEnumerable<(FileTensor Tensor, string Role)> Tensors { get; }
}
