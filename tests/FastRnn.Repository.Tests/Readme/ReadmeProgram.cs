using System.Globalization;
using System.Runtime.Loader;

using FastRnn.Repository.Tests.Harness;

using Microsoft.CodeAnalysis;

namespace FastRnn.Repository.Tests.Readme;

/// <summary>An example of README.md, compiled with the generator as a user's project would be.</summary>
internal sealed record ReadmeProgram(byte[] Assembly, IReadOnlyList<GeneratedSourceResult> Generated)
{
    private static readonly Lazy<IReadOnlyList<ReadmeProgram>> Programs = new(() => [.. ReadmeBlock.Of("program").Select(Compile)]);

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<ReadmeProgram> All => Programs.Value;

    /// <summary>Runs it, and returns what it prints.</summary>
    public string Run()
    {
        var context = new AssemblyLoadContext("README", isCollectible: true);
        using var image = new MemoryStream(Assembly);
        using var printed = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var (console, culture) = (Console.Out, CultureInfo.CurrentCulture);
        try
        {
            Console.SetOut(printed);
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            context.LoadFromStream(image).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            CultureInfo.CurrentCulture = culture;
            context.Unload();
        }

        return printed.ToString();
    }

    private static ReadmeProgram Compile(ReadmeBlock block)
    {
        using var image = new MemoryStream();
        var result = Build.Program(WithoutDirectives(block.Text)).Generate(out var generated).Emit(image);
        Findings.None(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));
        return new ReadmeProgram(image.ToArray(), generated);
    }

    /// <summary>A program of one file says which packages it needs; here they are at hand, and the compiler alone knows no such
    /// lines.</summary>
    private static string WithoutDirectives(string text) =>
        string.Join('\n', text.Split('\n').Where(line => !line.StartsWith("#:", StringComparison.Ordinal)));
}
