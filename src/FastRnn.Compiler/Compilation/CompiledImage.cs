namespace FastRnn.Compiler.Compilation;

/// <summary>What came of a text.</summary>
/// <param name="Bytes">The assembly; null if there are errors.</param>
/// <param name="Diagnostics">Everything that there is to say.</param>
internal sealed record CompiledImage(byte[]? Bytes, IReadOnlyList<CompileDiagnostic> Diagnostics);
