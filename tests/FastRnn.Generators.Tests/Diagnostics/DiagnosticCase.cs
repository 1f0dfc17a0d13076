using FastRnn.Generators.Tests.Harness;

using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Tests.Diagnostics;

/// <summary>Asserts that the generator says one thing about a source, where the marks are, and writes nothing for a class with an
/// error.</summary>
internal static class DiagnosticCase
{
    /// <summary>A cell with one matrix <c>W</c>.</summary>
    /// <param name="id">The expected diagnostic.</param>
    /// <param name="step">Its Step, with the marks.</param>
    /// <param name="members">Other members.</param>
    /// <param name="before">What stands before the class.</param>
    public static Diagnostic Step(string id, string step, string members = "", string before = "") =>
        Check(id, $$"""
            {{before}}
            [Cell]
            public sealed partial class Wrong
            {
                private readonly Mat<Hidden, Input> W;
                {{members}}
                {{step}}
            }
            """);

    public static Diagnostic Check(string id, string source)
    {
        var marked = Marked.Parse(Compile.Usings + source);
        var compilation = Compile.Library("Test", [marked.Text]);

        // What C# says itself is no business of ours: every case compiles without the generator.
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));

        var result = Compile.Generate(compilation);
        Assert.Null(result.Exception);
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(compilation.SyntaxTrees.Last(), diagnostic.Location.SourceTree);
        Assert.Equal(marked.Span, diagnostic.Location.SourceSpan);
        Assert.DoesNotContain('{', diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        if (diagnostic.Severity == DiagnosticSeverity.Error)
        {
            // The other half of the class is there and throws, so that C# has nothing to add; but it says itself what must be partial.
            Assert.All(result.GeneratedSources.Where(s => s.HintName.Contains("Wrong", StringComparison.Ordinal)),
                s => Assert.Contains("This class was refused", s.SourceText.ToString(), StringComparison.Ordinal));
            Assert.Empty(compilation.AddSyntaxTrees(result.GeneratedSources.Select(s => s.SyntaxTree)).GetDiagnostics()
                .Where(d => d.Severity == DiagnosticSeverity.Error && !(d.Id == "CS0260" && id == "FRNN001")));
        }

        return diagnostic;
    }
}
