namespace FastRnn.Compiler;

/// <summary>A declaration cannot be compiled. The message has all errors, one a line.</summary>
public sealed class CompilationException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="diagnostics">At least one error, and what else there is to say.</param>
    public CompilationException(IReadOnlyList<CompileDiagnostic> diagnostics)
        : base(Text(diagnostics)) => Diagnostics = diagnostics;

    /// <summary>Errors, warnings and hints in the order of their places.</summary>
    public IReadOnlyList<CompileDiagnostic> Diagnostics { get; }

    private static string Text(IReadOnlyList<CompileDiagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        return string.Join(Environment.NewLine, diagnostics.Where(d => d.Severity == CompileSeverity.Error));
    }
}
