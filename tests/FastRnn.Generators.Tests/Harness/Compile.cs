using FastRnn.Generators.Analysis;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Generators.Tests.Harness;

/// <summary>Compilations as a user's project would make them.</summary>
internal static class Compile
{
    public const string Usings = """
        using FastRnn;
        using FastRnn.Language;
        using static FastRnn.Language.Functions;

        """;

    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    /// <summary>For a driver where it does not matter for which vector width kernels are: their texts differ in numbers alone, and compile
    /// alike (a test of the snapshots).</summary>
    public const string OneWidth = "256";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "FastRnn.dll" or "netstandard.dll" or "System.Memory.dll"
                || (Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) && IsFramework(path)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>A library of some sources; each is a file of its own, <c>0.cs</c>, <c>1.cs</c>, ...</summary>
    public static CSharpCompilation Library(string name, IEnumerable<string> sources, params MetadataReference[] more) =>
        CSharpCompilation.Create(
            name,
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"{i}.cs")),
            [.. References, .. more],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: [new("CS0436", ReportDiagnostic.Suppress), new("CS1591", ReportDiagnostic.Suppress)]));

    /// <summary>A library of one source, after the usual usings.</summary>
    public static CSharpCompilation Library(string source) => Library("Test", [Usings + source]);

    /// <summary>A driver of the generator.</summary>
    /// <param name="track">Whether its steps can be asked about. The price grows with the square of the number of classes.</param>
    /// <param name="files">The project's additional files.</param>
    /// <param name="widths">What the project says of vector widths; nothing means all.</param>
    public static GeneratorDriver Driver(bool track = true, IEnumerable<AdditionalText>? files = null, string widths = "") =>
        CSharpGeneratorDriver.Create(
            [new FastRnnGenerator().AsSourceGenerator()], files, ParseOptions, new BuildProperties((KernelWidths.Property, widths)),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: track));

    /// <summary>The generator's result for one source, after the usual usings.</summary>
    public static GeneratorRunResult Generate(string source, params AdditionalText[] files) => Generate(Library(source), files);

    public static GeneratorRunResult Generate(Compilation compilation, params AdditionalText[] files) =>
        Driver(files: files).RunGenerators(compilation).GetRunResult().Results[0];

    private static bool IsFramework(string path) =>
        Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location);
}
