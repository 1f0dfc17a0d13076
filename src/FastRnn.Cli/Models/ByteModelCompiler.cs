using FastRnn.Compiler;

namespace FastRnn.Cli.Models;

/// <summary>Compiles byte-level models, and says of a file of the user's what is wrong with it, by its own lines.</summary>
internal static class ByteModelCompiler
{
    // The name of no file.
    private const string ModelPath = "<model>";

    /// <summary>Compiles it, or takes what was compiled before.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="warnings">Receives warnings, a line each; null to leave them out.</param>
    /// <exception cref="CommandException">It does not compile: a line for each error.</exception>
    public static CompiledDeclaration Compile(ByteModelSpec spec, TextWriter? warnings = null)
    {
        if (!TryCompile(spec, out var compiled, out var diagnostics))
        {
            throw CommandException.Failed(
                [.. diagnostics.Where(d => d.Severity == CompileSeverity.Error).Select(d => Say(d, spec)).Distinct()]);
        }

        foreach (var warning in diagnostics.Where(d => d.Severity == CompileSeverity.Warning))
            warnings?.WriteLine(Sampling.PrintableText.Line($"fastrnn: {Say(warning, spec)}"));
        return compiled!;
    }

    // What the text is called is the same for the same model, so that the cache knows it.
    private static bool TryCompile(
        ByteModelSpec spec, out CompiledDeclaration? compiled, out IReadOnlyList<CompileDiagnostic> diagnostics) =>
        spec.Code is { IsDeclaration: true } declaration
            ? ModelCompiler.TryCompile(
                declaration.Text, new() { Path = declaration.FileName, Model = spec.Cell }, out compiled, out diagnostics)
            : ModelCompiler.TryCompile(Spec(spec), new() { Path = ModelPath }, out compiled, out diagnostics);

    private static ModelSpec Spec(ByteModelSpec spec) => spec.Code is { } cell
        ? spec.ToModelSpec() with { Cells = cell.Text, CellsPath = cell.Path } : spec.ToModelSpec();

    private static string Say(CompileDiagnostic diagnostic, ByteModelSpec spec)
    {
        if (spec.Code is null)
            return $"the model cannot be made: {diagnostic with { Line = 0 }}";
        if (spec.Code.IsDeclaration)
        {
            return diagnostic.Path == spec.Code.FileName ? (diagnostic with { Path = spec.Code.Path }).ToString()
                : $"{spec.Code.Path}: {diagnostic}";
        }

        return diagnostic.Path == spec.Code.Path ? diagnostic.ToString()
            : $"{spec.Code.Path}: {diagnostic with { Line = 0 }} (sizes are those of --hidden, --embedding, --dropout and --dimensions)";
    }
}
