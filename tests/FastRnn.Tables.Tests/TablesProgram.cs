using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Tables.Tests;

/// <summary>A program of the package's README, compiled as a user's project would be, and run in a folder of its own.</summary>
internal sealed class TablesProgram
{
    private const string Page = "src/FastRnn.Tables/README.md";
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;";

    private TablesProgram(string text) => Text = text;

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<TablesProgram> All { get; } = [.. Read()];

    public string Text { get; }

    /// <summary>Lines that say something.</summary>
    public int LineCount => Text.Split('\n').Count(line => line.Trim().Length > 0);

    /// <summary>Runs it, and returns what it prints.</summary>
    public string Run(string folder)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create(
            "program", [CSharpSyntaxTree.ParseText(ImplicitUsings), CSharpSyntaxTree.ParseText(Text)], references, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.Empty(result.Diagnostics.Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString()));
        image.Position = 0;

        var context = new AssemblyLoadContext("program", isCollectible: true);
        using var printed = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var (console, before) = (Console.Out, Environment.CurrentDirectory);
        try
        {
            Console.SetOut(printed);
            Environment.CurrentDirectory = folder;
            context.LoadFromStream(image).EntryPoint!.Invoke(null, [Array.Empty<string>()]);
        }
        catch (TargetInvocationException e)
        {
            Assert.Fail($"{e.InnerException}");
        }
        finally
        {
            Console.SetOut(console);
            Environment.CurrentDirectory = before;
            context.Unload();
        }

        return printed.ToString();
    }

    private static IEnumerable<TablesProgram> Read()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "FastRnn.sln")))
            root = root.Parent!;
        var lines = File.ReadAllLines(Path.Combine(root.FullName, Page));
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i] != "```csharp" || lines[i - 1] != "<!-- program -->")
                continue;
            var end = Array.IndexOf(lines, "```", i);
            yield return new TablesProgram(string.Join('\n', lines[(i + 1)..end]) + "\n");
        }
    }
}
