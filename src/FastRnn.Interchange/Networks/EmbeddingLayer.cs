namespace FastRnn.Interchange.Networks;

/// <summary>A table <c>[Vocabulary, Size]</c> whose rows are looked up by tokens. Only the first layer.</summary>
/// <param name="Name">What the file calls it.</param>
/// <param name="Table">The table.</param>
internal sealed record EmbeddingLayer(string Name, WeightView Table) : NetworkLayer(Name);
