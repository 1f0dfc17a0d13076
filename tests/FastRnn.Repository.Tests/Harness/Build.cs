extern alias generators;

using generators::FastRnn.Generators;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Repository.Tests.Harness;

/// <summary>Compilations as the SDK makes them: implicit usings, nullable, unsafe blocks, the generator.</summary>
internal static class Build
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly IReadOnlyList<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith("FastRnn", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static MetadataReference Runtime { get; } = MetadataReference.CreateFromFile(typeof(CellAttribute).Assembly.Location);

    /// <summary>A library of the repository.</summary>
    public static MetadataReference Library(string name) => name == "FastRnn"
        ? Runtime
        : MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"));

    /// <summary>A user's program: it sees the runtime as a library.</summary>
    public static CSharpCompilation Program(params string[] sources) => Create(
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"{i}.cs")), OutputKind.ConsoleApplication,
        [Runtime]);

    /// <summary>All C# files below a folder of the repository; paths of the trees are relative to the root.</summary>
    public static CSharpCompilation Folder(string folder) => Create(
        Checkout.Sources(folder).Select(file => CSharpSyntaxTree.ParseText(Checkout.Read(file), ParseOptions, file)),
        OutputKind.DynamicallyLinkedLibrary, []);

    /// <summary>Adds what the generator writes; fails if it, or the compiler, has anything to say.</summary>
    /// <param name="compilation">The user's sources.</param>
    /// <param name="generated">What was written.</param>
    /// <param name="tolerated">The id of a diagnostic that is let pass.</param>
    public static CSharpCompilation Generate(
        this CSharpCompilation compilation, out IReadOnlyList<GeneratedSourceResult> generated, string? tolerated = null)
    {
        var driver = CSharpGeneratorDriver.Create([new FastRnnGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(compilation, out var whole, out var problems);
        generated = driver.GetRunResult().Results[0].GeneratedSources;
        Findings.None(problems.Concat(whole.GetDiagnostics())
            .Where(d => d.Severity >= DiagnosticSeverity.Warning && !d.IsSuppressed && d.Id != tolerated)
            .Select(d => d.ToString()));
        return (CSharpCompilation)whole;
    }

    private static CSharpCompilation Create(IEnumerable<SyntaxTree> trees, OutputKind kind, IEnumerable<MetadataReference> references) =>
        CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, ParseOptions, "usings.cs"), .. trees],
            [.. Framework, .. references],
            new CSharpCompilationOptions(
                kind, allowUnsafe: true, optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));
}
