namespace FastRnn.Testing;

/// <summary>All that a <see cref="ReferenceGraph"/> reads of one sequence of T steps, whose source has S.</summary>
public sealed record ReferenceSequence
{
    /// <summary><c>[T][I]</c>: the input of a model that reads vectors.</summary>
    public double[][] Inputs { get; init; } = [];

    /// <summary><c>[T]</c>: the input of a model that reads tokens, each from 0 to Vocabulary - 1; <c>[T, K]</c> where it has K inputs of
    /// tokens.</summary>
    public int[] Tokens { get; init; } = [];

    /// <summary><c>[T]</c>: false where the input is missing, and zeros are read in its place; empty if nothing is missing.</summary>
    public bool[] Present { get; init; } = [];

    /// <summary><c>[S][I]</c>: the input of an encoder that reads vectors.</summary>
    public double[][] SourceInputs { get; init; } = [];

    /// <summary><c>[S]</c>: the input of an encoder that reads tokens.</summary>
    public int[] SourceTokens { get; init; } = [];

    /// <summary><c>[C]</c>: the vector from which the sequence starts.</summary>
    public double[] Condition { get; init; } = [];
}
