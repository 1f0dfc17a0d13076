using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Rules;

/// <summary>What goes from layer to layer while a file is run.</summary>
/// <param name="Values"><c>[B, T, F]</c>, <c>[B, F]</c>, or tokens <c>[B, T]</c>.</param>
/// <param name="Mask">False for each step <c>[B, T]</c> that is masked; null if no mask comes along.</param>
/// <param name="Made">The mask that an Embedding or a Masking layer made, whether it still comes along or not.</param>
internal sealed record KerasFlow(Tensor Values, bool[]? Mask = null, bool[]? Made = null)
{
    public int Batch => Values.Shape[0];

    /// <summary>Steps; 1 behind a layer that puts out one vector a sequence.</summary>
    public int Steps => Values.Rank == 3 ? Values.Shape[1] : 1;

    /// <summary>Length of a vector.</summary>
    public int Features => Values.Shape[^1];

    /// <summary>A vector of a sequence.</summary>
    public Span<double> Vector(int sequence, int step) => Values.Values.AsSpan(((sequence * Steps) + step) * Features, Features);

    /// <summary>The same shape but for the length of the vectors.</summary>
    public KerasFlow Resized(int features) => this with { Values = new Tensor([.. Values.Shape[..^1], features]) };
}
