using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>What the encoder of a model reads.</summary>
/// <param name="Input">Vectors, or tokens; an embedding's table belongs to a layer of its own.</param>
/// <param name="InputSize">Length of a vector; of a token's row in an embedding.</param>
/// <param name="Vocabulary">Number of different tokens; 0 for vectors.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record SourceInfo(InputKind Input, int InputSize, int Vocabulary);
