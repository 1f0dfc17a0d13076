namespace FastRnn.Compiler;

/// <summary>A declaration cannot be compiled. The messages are the compiler's and the generator's, with their places.</summary>
internal sealed class CompilationException(IReadOnlyList<string> messages)
    : Exception(string.Join(Environment.NewLine, messages))
{
    /// <summary>One a mistake: <c>Name.cs(12,5): error FRNN014: ...</c>.</summary>
    public IReadOnlyList<string> Messages { get; } = messages;
}
