using System.ComponentModel;

namespace FastRnn.CompilerServices;

/// <summary>What the encoder of a model reads.</summary>
/// <param name="Input">Vectors, or tokens; the table of a single embedding belongs to a layer of its own.</param>
/// <param name="InputSize">Length of a vector; of a token's row in an embedding; of several inputs together.</param>
/// <param name="Vocabulary">Number of different tokens; 0 for vectors and for several inputs.</param>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public sealed record SourceInfo(InputKind Input, int InputSize, int Vocabulary)
{
    private readonly IReadOnlyList<InputInfo> inputs = [new(Input, InputSize, Vocabulary)];

    /// <summary>What stands side by side in what the encoder's first layer reads, in declared order.</summary>
    public IReadOnlyList<InputInfo> Inputs
    {
        get => inputs;
        init => (inputs, VectorSize, TokenCount) = (value, InputPlace.Vectors(value), InputPlace.Tokens(value));
    }

    /// <summary>Numbers of a position in the vectors that the caller gives; 0 if there are only tokens.</summary>
    public int VectorSize { get; private init; } = Input == InputKind.Vector ? InputSize : 0;

    /// <summary>Tokens of a position that the caller gives; 0 if there are only vectors.</summary>
    public int TokenCount { get; private init; } = Input is InputKind.Vector or InputKind.Mixed ? 0 : 1;
}
