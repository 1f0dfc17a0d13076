using System.Text;

using FastRnn.Compiler;

namespace FastRnn.Cli.Models;

/// <summary>Compiles byte-level models, and says of a file of the user's what is wrong with it, by its own lines.</summary>
internal static class ByteModelCompiler
{
    // Before a cell's file stands one line, behind it the model: what the file says first, it may say again.
    private const string Usings =
        "global using FastRnn; global using FastRnn.Cells; global using FastRnn.Language; "
            + "global using static FastRnn.Language.Functions;\n";

    private const string SaidAgain = "CS0105";

    /// <summary>Compiles it, or takes what was compiled before.</summary>
    /// <param name="spec">The model.</param>
    /// <param name="warnings">Receives warnings, a line each; null to leave them out.</param>
    /// <exception cref="CommandException">It does not compile: a line for each error.</exception>
    public static CompiledDeclaration Compile(ByteModelSpec spec, TextWriter? warnings = null)
    {
        var options = Options(spec);
        var isCompiled = ModelCompiler.TryCompile(Declaration(spec), options, out var compiled, out var diagnostics);
        var lines = spec.Code is { IsDeclaration: false } code ? code.Text.AsSpan().Count('\n') + 1 : int.MaxValue;
        if (!isCompiled)
        {
            throw CommandException.Failed(
                [.. diagnostics.Where(d => d.Severity == CompileSeverity.Error).Select(d => Say(d, spec, lines)).Distinct()]);
        }

        foreach (var warning in diagnostics.Where(d => d.Severity == CompileSeverity.Warning && d.Id != SaidAgain))
            warnings?.WriteLine(Sampling.PrintableText.Line($"fastrnn: {Say(warning, spec, lines)}"));
        return compiled!;
    }

    /// <summary>What <see cref="Declaration"/> is compiled with: the same for the same model, so that the cache knows it.</summary>
    public static CompileOptions Options(ByteModelSpec spec) => new()
    {
        Path = spec.Code?.FileName ?? "model.cs",
        Model = spec.Code is { IsDeclaration: true } ? spec.Cell : spec.ClassName,
    };

    /// <summary>The text of the whole model.</summary>
    public static string Declaration(ByteModelSpec spec)
    {
        if (spec.Code is null)
            return spec.ToModelSpec().ToDeclaration();
        if (spec.Code.IsDeclaration)
            return spec.Code.Text;

        var text = new StringBuilder(Usings).Append(spec.Code.Text).Append("\n[Model]\n");
        foreach (var part in spec.ToModelSpec().Parts)
            text.Append('[').Append(part.Attribute).Append("]\n");
        return text.Append("public sealed partial class ").Append(spec.ClassName).Append(";\n").ToString();
    }

    private static string Say(CompileDiagnostic diagnostic, ByteModelSpec spec, int lines)
    {
        if (spec.Code is null)
            return $"the model cannot be made: {diagnostic with { Line = 0 }}";
        if (diagnostic.Path != spec.Code.FileName)
            return $"{spec.Code.Path}: {diagnostic}";
        if (spec.Code.IsDeclaration)
            return (diagnostic with { Path = spec.Code.Path }).ToString();

        return diagnostic.Line > 1 && diagnostic.Line <= lines + 1
            ? (diagnostic with { Path = spec.Code.Path, Line = diagnostic.Line - 1 }).ToString()
            : $"{spec.Code.Path}: {diagnostic with { Line = 0 }} (sizes are those of --hidden, --embedding, --dropout and --dimensions)";
    }
}
