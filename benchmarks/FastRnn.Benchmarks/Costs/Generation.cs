extern alias generators;

using System.Diagnostics;

using FastRnn.Benchmarks.Models;

using generators::FastRnn.Generators;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Benchmarks.Costs;

/// <summary>The time of the generator, run as the compiler runs it, on a project with one model.</summary>
internal sealed class Generation
{
    private const int Repetitions = 5;
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);
    private readonly MetadataReference[] references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "FastRnn.dll" or "netstandard.dll"
                || (Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)
                    && Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The median of some runs, each by a driver that has seen nothing yet, in a process that has.</summary>
    public (double Milliseconds, int Characters) Measure(IBenchmarkModel model)
    {
        var source = ModelSource.Of(model);
        var times = new List<double>();
        var characters = 0;
        for (var i = 0; i <= Repetitions; i++)
        {
            var compilation = CSharpCompilation.Create(
                "Measured", [CSharpSyntaxTree.ParseText(source, ParseOptions)], references,
                new CSharpCompilationOptions(
                    OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
            var driver = CSharpGeneratorDriver.Create([new FastRnnGenerator().AsSourceGenerator()], parseOptions: ParseOptions);
            var begin = Stopwatch.GetTimestamp();
            var result = driver.RunGenerators(compilation).GetRunResult();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            characters = result.GeneratedTrees.Sum(tree => tree.Length);
            if (result.Diagnostics.FirstOrDefault(problem => problem.Severity == DiagnosticSeverity.Error) is { } error)
            {
                throw new InvalidOperationException($"{model.Type.Name}: {error}");
            }
        }

        // The first binds the references.
        return (times.Skip(1).Order().ElementAt(Repetitions / 2), characters);
    }
}
