extern alias generators;

using System.Globalization;
using System.Reflection;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Compiler.Compilation;

/// <summary>Runs the compiler with the generator. All that knows Roslyn stands behind it, so that a model of the cache does not load
/// it.</summary>
internal static class DeclarationCompiler
{
    // What the compiler says about null is none of the declaration's business: it does not look for it.
    private static readonly CSharpParseOptions ParseOptions = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None)
        .WithFeatures([new("run-nullable-analysis", "never")]);

    /// <summary>Compiles one file of cells and models. <c>[Weights]</c> is passed over.</summary>
    /// <param name="source">Its text, complete with usings and namespace.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="width">Of kernels.</param>
    /// <param name="references">Assemblies besides the framework and FastRnn.</param>
    public static CompiledImage Compile(string source, string path, SimdWidth width, IReadOnlyList<Assembly> references)
    {
        // Binding bodies and writing IL come last, and are compiled just in time on another core until the generator is through.
        CompilerWarmUp.Begin();
        var tree = Parse(source, path);
        var weights = WeightsFinder.Find(tree.GetRoot());
        var passedOver = weights.Where(place => source[place.Start] != ',').Select(place => tree.GetLineSpan(place).StartLinePosition)
            .Select(at => Problems.Weights(path, at.Line + 1, at.Character + 1)).ToList();
        if (weights.Count > 0)
            tree = Parse(WeightsFinder.Blank(source, weights), path);

        var driver = CSharpGeneratorDriver.Create(
            [new generators::FastRnn.Generators.FastRnnGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            optionsProvider: new BuildProperties(("build_property.FastRnnWidths", ((int)width).ToString(CultureInfo.InvariantCulture))));
        driver.RunGeneratorsAndUpdateCompilation(Compilation(tree, references), out var complete, out var problems);

        using var image = new MemoryStream();
        var result = complete.Emit(image);
        GC.KeepAlive(references);
        IReadOnlyList<CompileDiagnostic> diagnostics =
        [
            .. problems.Concat(result.Diagnostics)
                .Where(d => IsToldOf(d, tree)).Select(Translate).Concat(passedOver).Distinct().OrderBy(d => d.Line).ThenBy(d => d.Column),
        ];
        return new(diagnostics.Any(d => d.Severity == CompileSeverity.Error) ? null : image.ToArray(), diagnostics);
    }

    /// <summary>Parses a file as all others are.</summary>
    public static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    /// <summary>A compilation of one file.</summary>
    public static CSharpCompilation Compilation(SyntaxTree tree, IReadOnlyList<Assembly> references) => CSharpCompilation.Create(
        "FastRnn.Compiled",
        [tree],
        References.With(references),
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable));

    // Errors all; of the rest what stands in the text: of what the generator wrote, and of references, its reader can do nothing.
    private static bool IsToldOf(Diagnostic diagnostic, SyntaxTree tree) => diagnostic.Severity == DiagnosticSeverity.Error
        || (diagnostic.Severity != DiagnosticSeverity.Hidden && !diagnostic.IsSuppressed
            && diagnostic.Location.GetLineSpan().Path == tree.FilePath);

    private static CompileDiagnostic Translate(Diagnostic diagnostic)
    {
        var place = diagnostic.Location.GetLineSpan();
        var at = place.StartLinePosition;
        return new(
            diagnostic.Id,
            diagnostic.Severity switch
            {
                DiagnosticSeverity.Error => CompileSeverity.Error,
                DiagnosticSeverity.Warning => CompileSeverity.Warning,
                _ => CompileSeverity.Info,
            },
            diagnostic.GetMessage(CultureInfo.InvariantCulture),
            place.IsValid ? place.Path : "", place.IsValid ? at.Line + 1 : 0, place.IsValid ? at.Character + 1 : 0);
    }
}
