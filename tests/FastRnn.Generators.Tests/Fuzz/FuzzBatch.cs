using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Tests.Fuzz;

/// <summary>Many declarations in one compilation, each in a file and a namespace of its own, <c>N0</c>, <c>N1</c>, ...</summary>
internal sealed class FuzzBatch
{
    private static readonly string[] EmittedMarks = ["FastRnn.CellAttribute", "FastRnn.ModelAttribute"];

    private readonly List<string> sources;
    private readonly CSharpCompilation input;
    private readonly Compilation output;
    private readonly GeneratorRunResult result;

    public FuzzBatch(IEnumerable<string> declarations)
    {
        sources = [.. declarations.Select((text, i) => $"{Compile.Usings}namespace N{i};\n{text}")];
        input = Compile.Library("Fuzz", sources);
        var driver = Compile.Driver(track: false, widths: Compile.OneWidth).RunGeneratorsAndUpdateCompilation(input, out output, out _);
        result = driver.GetRunResult().Results[0];
    }

    /// <summary>The generator lived, its diagnostics stand inside a class, and every file without an error has an emitted half that
    /// compiles.</summary>
    /// <returns>The number of files for which something was emitted.</returns>
    public int Check()
    {
        Assert.True(result.Exception is null, $"{result.Exception}\n{Culprit()}");
        foreach (var diagnostic in result.Diagnostics)
        {
            AssertInsideClass(diagnostic);
        }

        // One compilation tells both: an emitted file may be wrong only where its user's file is.
        var errors = output.GetDiagnostics().Concat(result.Diagnostics).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        var wrong = errors.Where(e => !IsEmitted(e)).Select(FileOf).ToHashSet();
        var emitted = result.GeneratedSources
            .Where(s => !s.SourceText.ToString().Contains("This class was refused", StringComparison.Ordinal))
            .Select(s => s.HintName.Split('.')[0]).Where(IsNamespace).ToHashSet();
        foreach (var error in errors.Where(IsEmitted))
        {
            Assert.True(wrong.Contains(FileOf(error)), $"{error}\n{SourceOf(FileOf(error))}\n{error.Location.SourceTree}");
        }

        foreach (var (i, type) in Enumerable.Range(0, sources.Count).Where(i => !wrong.Contains($"N{i}")).SelectMany(MarkedTypes))
        {
            Assert.True(
                result.GeneratedSources.Any(s => s.HintName.StartsWith($"N{i}.{type}.", StringComparison.Ordinal)),
                $"neither output nor error for {type}:\n{sources[i]}");
        }

        return emitted.Count;
    }

    /// <summary>What was emitted for everything, because nothing is wrong.</summary>
    public void CheckAllRight()
    {
        Assert.DoesNotContain(result.Diagnostics.Concat(output.GetDiagnostics()), d => d.Severity == DiagnosticSeverity.Error);
        Assert.Equal(sources.Count, Check());
    }

    /// <summary>Kernels bear the names of their layers: those of equal layers are shared.</summary>
    private static bool IsNamespace(string name) => name[0] == 'N' && int.TryParse(name.AsSpan(1), out _);

    private static bool IsEmitted(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    // A user's file is called 12.cs, an emitted one lies at .../N12.Name.cell.g.cs.
    private static string FileOf(Diagnostic diagnostic)
    {
        var name = Path.GetFileName(diagnostic.Location.SourceTree?.FilePath ?? "").Split('.')[0];
        return name.StartsWith('N') ? name : "N" + name;
    }

    private static void AssertInsideClass(Diagnostic diagnostic)
    {
        var tree = diagnostic.Location.SourceTree;
        Assert.True(tree is not null, diagnostic.ToString());
        var node = tree.GetRoot().FindNode(diagnostic.Location.SourceSpan);
        Assert.True(
            node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not null && diagnostic.Location.SourceSpan.Length > 0,
            $"{diagnostic}\n{tree}");
    }

    // A mutation may have taken the attribute away, or the class itself: then there is nothing to emit.
    private IEnumerable<(int File, string Type)> MarkedTypes(int i)
    {
        var tree = input.SyntaxTrees.Single(t => t.FilePath == $"{i}.cs");
        var model = input.GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Select(type => model.GetDeclaredSymbol(type))
            .Where(symbol => symbol!.GetAttributes().Any(a => EmittedMarks.Contains(a.AttributeClass?.ToDisplayString())))
            .Select(symbol => (i, symbol!.Name));
    }

    // Damage can move a class out of its namespace; then the file of its emitted half has no number.
    private string SourceOf(string file) => int.TryParse(file.AsSpan(1), out var i) ? sources[i] : "";

    private string Culprit() =>
        result.Exception is null
            ? ""
            : sources.FirstOrDefault(s => Compile.Generate(Compile.Library("Fuzz", [s])).Exception is not null) ?? "no file alone";
}
