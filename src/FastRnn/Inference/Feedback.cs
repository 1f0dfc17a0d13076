namespace FastRnn.Inference;

/// <summary>What a generation feeds back to a model of several inputs or heads, and what its steps read beside it: the same in every step
/// of a sequence, such as a style or a speaker. Where that changes from step to step, the generator's <c>Step</c> takes it.</summary>
public sealed record Feedback
{
    /// <summary>Which input of tokens reads the token that was made, counted from 0 in declared order.</summary>
    public int Input { get; init; }

    /// <summary>The head whose outputs are the scores of the next token; null takes the only one that classifies.</summary>
    public string? Head { get; init; }

    /// <summary><c>[B, I]</c>: the vectors that steps read; empty if the model reads none.</summary>
    public ReadOnlyMemory<float> X { get; init; }

    /// <summary><c>[B, K]</c>: the tokens that steps read; what stands in place of <see cref="Input"/> is not looked at. Empty if there is
    /// no other input of tokens.</summary>
    public ReadOnlyMemory<int> Tokens { get; init; }
}
