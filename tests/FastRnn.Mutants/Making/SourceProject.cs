extern alias generators;

using System.Text.RegularExpressions;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Mutants.Making;

/// <summary>One project's sources, compiled in memory as its own build does.</summary>
/// <param name="root">The repository.</param>
/// <param name="folder">The project's folder in it.</param>
/// <param name="bin">Where assemblies that it refers to are.</param>
internal sealed partial class SourceProject(string root, string folder, string bin)
{
    private static readonly CSharpParseOptions ParseOptions = new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None)
        .WithPreprocessorSymbols("RELEASE", "NET", "NET10_0", "NET9_0_OR_GREATER", "NET10_0_OR_GREATER")
        .WithFeatures([new("run-nullable-analysis", "never")]);

    /// <summary>The assembly's name.</summary>
    public string Name { get; } = Path.GetFileName(folder);

    /// <summary>Parses a text as the files are.</summary>
    public static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, ParseOptions, path, System.Text.Encoding.UTF8);

    /// <summary>The whole of it, with what the generator writes.</summary>
    /// <param name="widths">Of kernels, as the project's property.</param>
    /// <param name="references">Assemblies besides the framework.</param>
    public Compilation Compile(string widths, IEnumerable<MetadataReference> references)
    {
        var compilation = CSharpCompilation.Create(
            Name, Files().Select(file => Parse(WithImports(File.ReadAllText(file)), file)), [.. Framework(), .. references],
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create(
            [new generators::FastRnn.Generators.FastRnnGenerator().AsSourceGenerator()], parseOptions: ParseOptions,
            optionsProvider: new BuildProperties(("build_property.FastRnnWidths", widths)));
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var complete, out var problems);
        Refuse(problems);
        return complete;
    }

    /// <summary>References to assemblies of the folder of the tests.</summary>
    public IEnumerable<MetadataReference> InBin(params string[] names) =>
        names.Select(name => MetadataReference.CreateFromFile(Path.Combine(bin, name + ".dll")));

    /// <summary>Ends the program where there are errors.</summary>
    public static void Refuse(IEnumerable<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(10).ToList();
        if (errors.Count > 0)
            throw new InvalidOperationException(string.Join(Environment.NewLine, errors));
    }

    // The framework's generator of imports is not run here; what it writes for these numbers and texts, the runtime does as well.
    private static string WithImports(string text) => !text.Contains("[LibraryImport(", StringComparison.Ordinal) ? text
        : DeclaredPartial().Replace(text, "static extern ").Replace("[LibraryImport(", "[DllImport(", StringComparison.Ordinal)
            .Replace(", StringMarshalling = StringMarshalling.Utf8", "", StringComparison.Ordinal);

    [GeneratedRegex("static (unsafe )?partial (?!class)")]
    private static partial Regex DeclaredPartial();

    // What a build adds to the sources is what it left behind.
    private IEnumerable<string> Files()
    {
        var project = Path.Combine(root, folder);
        var built = Path.Combine(project, "obj", "Release", "net10.0");
        var separator = Path.DirectorySeparatorChar;
        return Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{separator}obj{separator}", StringComparison.Ordinal)
                && !file.Contains($"{separator}bin{separator}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Append(Path.Combine(built, Name + ".GlobalUsings.g.cs"))
            .Append(Path.Combine(built, Name + ".AssemblyInfo.cs"));
    }

    private static IEnumerable<MetadataReference> Framework()
    {
        var folder = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == folder)
            .Select(path => MetadataReference.CreateFromFile(path));
    }
}
