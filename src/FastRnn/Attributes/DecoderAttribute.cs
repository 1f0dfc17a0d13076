namespace FastRnn;

/// <summary>What follows is the decoder: the model's own input, its layers and the loss, started from what the encoder has read.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DecoderAttribute : Attribute
{
    /// <summary>With what the decoder's recurrent layers start.</summary>
    public Handover Handover { get; init; } = Handover.States;

    /// <summary>Whether each step reads, behind its input, what the attention of the step before led to: the output of the
    /// <see cref="DenseAttribute"/> right behind the last <see cref="AttentionAttribute"/>, zeros in the first step (input feeding, Luong,
    /// Pham and Manning 2015). So a decoder knows where it has looked. Its layers then go step by step, all of them together.</summary>
    public bool InputFeeding { get; init; }
}
