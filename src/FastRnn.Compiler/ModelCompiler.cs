extern alias generators;

using System.Globalization;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Compiler;

/// <summary>Compiles declarations in this process: the compiler and the generator that a project's build would use, with kernels of the
/// vector width that this processor runs. No other generator and no analyzer runs, and no file is read but the assemblies that are
/// referred to: there are no additional files, and nothing resolves paths in the source. A declaration is code all the same, which runs
/// when its model is made (a static constructor would do): it has to be trusted like a program.</summary>
internal static class ModelCompiler
{
    // Only errors count here, and what the compiler says about null is none: it does not look for it.
    private static readonly CSharpParseOptions ParseOptions = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.None)
        .WithFeatures([new("run-nullable-analysis", "never")]);

    // Shared, because what the compiler has read of an assembly stays with its reference.
    private static readonly Lazy<IReadOnlyList<MetadataReference>> References = new(FindReferences);

    /// <summary>Compiles one file of cells and models. <c>[Weights]</c> is passed over.</summary>
    /// <param name="source">Its text, complete with usings and namespace.</param>
    /// <param name="path">What messages call it.</param>
    /// <exception cref="CompilationException">The compiler or the generator refuses it.</exception>
    public static CompiledModels Compile(string source, string path)
    {
        var compilation = Compilation(Tree(source, path));
        var driver = CSharpGeneratorDriver.Create(
            [new generators::FastRnn.Generators.FastRnnGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions, optionsProvider: new BuildProperties(("build_property.FastRnnWidths", Width())));
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var complete, out var problems);

        using var image = new MemoryStream();
        var result = complete.Emit(image);
        var errors = problems.Concat(result.Diagnostics).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
            throw new CompilationException([.. errors.Select(e => e.ToString()).Distinct()]);

        image.Position = 0;
        return new CompiledModels(image);
    }

    /// <summary>Parses a file as all others are.</summary>
    internal static SyntaxTree Parse(string source, string path) => CSharpSyntaxTree.ParseText(source, ParseOptions, path);

    /// <summary>A compilation of one file, with the references of all.</summary>
    internal static CSharpCompilation Compilation(SyntaxTree tree) => CSharpCompilation.Create(
        "FastRnn.Compiled",
        [tree],
        References.Value,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
            nullableContextOptions: NullableContextOptions.Enable));

    private static SyntaxTree Tree(string source, string path)
    {
        var tree = Parse(source, path);
        return tree.WithRootAndOptions(new WeightsRemover().Visit(tree.GetRoot()), tree.Options);
    }

    // What the runtime chooses on this processor.
    private static string Width() => ((int)SimdWidths.Resolve(SimdWidth.Auto)).ToString(CultureInfo.InvariantCulture);

    // The framework of this process and the runtime library; a declaration uses no more.
    private static IReadOnlyList<MetadataReference> FindReferences()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string[] names =
        [
            "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Memory", "System.Runtime.Intrinsics",
            "System.Runtime.InteropServices", "System.Numerics.Vectors", "System.Threading", "netstandard",
        ];
        return
        [
            .. names.Select(name => Path.Combine(framework, name + ".dll")).Where(File.Exists)
                .Append(typeof(ModelAttribute).Assembly.Location)
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];
    }
}
