namespace FastRnn;

/// <summary>One of the inputs of a model, which stand side by side in what the first layer reads.</summary>
/// <param name="Kind">Vectors or tokens; never <see cref="InputKind.Mixed"/>.</param>
/// <param name="Size">How many numbers of the first layer's input it makes: the length of a vector, of a token's row in an embedding, of a
/// one-hot vector.</param>
/// <param name="Vocabulary">Number of different tokens; 0 for <see cref="InputKind.Vector"/>.</param>
public sealed record InputInfo(InputKind Kind, int Size, int Vocabulary);
