namespace FastRnn.Interchange.Keras.Rules;

/// <summary>A layer as Keras runs it for inference.</summary>
internal interface IKerasRule
{
    /// <summary>What the layer makes of what it reads; it may change its input in place.</summary>
    KerasFlow Apply(KerasFlow input);
}
