namespace FastRnn.Before;

/// <summary>What a batch for a model has to hold.</summary>
/// <param name="Input">Numbers of a step.</param>
/// <param name="Vocabulary">0 where the model reads vectors.</param>
/// <param name="Source">Numbers of a step of the encoder, or 0.</param>
/// <param name="Output">Numbers of an output, of which one is right.</param>
/// <param name="HasOneOutput">Whether a sequence has one output.</param>
internal sealed record Sizes(int Input, int Vocabulary, int Source, int Output, bool HasOneOutput);
