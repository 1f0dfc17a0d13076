namespace FastRnn;

/// <summary>What follows is the decoder: the model's own input, its layers and the loss, started from what the encoder has read.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DecoderAttribute : Attribute
{
    /// <summary>With what the decoder's recurrent layers start.</summary>
    public Handover Handover { get; init; } = Handover.States;
}
