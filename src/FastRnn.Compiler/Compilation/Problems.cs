namespace FastRnn.Compiler.Compilation;

/// <summary>What this library says itself of a declaration; the README explains each.</summary>
internal static class Problems
{
    public static CompileDiagnostic NoModel(string path, string? asked, IReadOnlyList<string> declared) => new(
        "FRNNC01", CompileSeverity.Error,
        asked is null ? "Expected a class with [Model], got none."
            : $"Expected a class {asked} with [Model], got {(declared.Count == 0 ? "none" : string.Join(", ", declared))}.",
        path, 0, 0);

    public static CompileDiagnostic SeveralModels(string path, IReadOnlyList<string> declared) => new(
        "FRNNC02", CompileSeverity.Error,
        $"Expected one class with [Model], got {string.Join(", ", declared)}: CompileOptions.Model says which one is meant.", path, 0, 0);

    public static CompileDiagnostic Weights(string path, int line, int column) => new(
        "FRNNC03", CompileSeverity.Warning,
        "[Weights] is passed over: a model that is compiled in a program reads its numbers with Load.", path, line, column);
}
