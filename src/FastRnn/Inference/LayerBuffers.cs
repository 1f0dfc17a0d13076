using FastRnn.Kernels;

namespace FastRnn.Inference;

/// <summary>Where a layer's part of a workspace lies.</summary>
internal unsafe struct LayerBuffers
{
    /// <summary>One for each state of the layer.</summary>
    public StateBuffer* States;

    /// <summary><c>[T, B, I]</c>, padded rows: the output of the layer below, or the model's input.</summary>
    public float* Input;

    /// <summary>See <see cref="LayerCall.Tape"/>.</summary>
    public float* Tape;

    /// <summary>See <see cref="LayerCall.TapeStep"/>.</summary>
    public nint TapeStep;
}
