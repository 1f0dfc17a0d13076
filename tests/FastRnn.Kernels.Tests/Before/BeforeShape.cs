namespace FastRnn.Tests.Before;

/// <summary>What a batch for a model has to hold.</summary>
/// <param name="InputSize">Numbers of a step.</param>
/// <param name="Vocabulary">0 where the model reads vectors.</param>
/// <param name="SourceSize">Numbers of a step of the encoder.</param>
/// <param name="SourceVocabulary">0 where there is no encoder, or one that reads vectors.</param>
/// <param name="ConditionSize">0 without a condition.</param>
/// <param name="OutputSize">Numbers of an output.</param>
/// <param name="Classes">Whether targets are tokens.</param>
/// <param name="HasOneOutput">Whether a sequence has one output.</param>
/// <param name="CanMiss">Whether an input may be missing.</param>
internal sealed record BeforeShape(
    int InputSize, int Vocabulary, int SourceSize, int SourceVocabulary, int ConditionSize, int OutputSize,
    bool Classes, bool HasOneOutput, bool CanMiss)
{
    public bool HasSource => SourceSize > 0;
}
