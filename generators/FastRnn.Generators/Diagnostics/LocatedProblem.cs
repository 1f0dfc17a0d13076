using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FastRnn.Generators.Diagnostics;

/// <summary>A problem and the class in which it stands.</summary>
internal sealed record LocatedProblem(Problem Problem, Anchor Anchor)
{
    /// <summary>Where the problem stands in its file.</summary>
    public TextSpan Span => new(Anchor.Start + Problem.Place.Start, Problem.Place.Length);

    /// <summary>The file in a compilation; null if it is not there.</summary>
    public SyntaxTree? Tree(Compilation compilation) =>
        compilation.SyntaxTrees.FirstOrDefault(t => t.FilePath == Anchor.FilePath && t.Length >= Span.End);

    /// <summary>The diagnostic, at a location in the compilation's own tree, which is what makes <c>#pragma warning disable</c>
    /// work.</summary>
    public Diagnostic ToDiagnostic(Compilation compilation)
    {
        var location = Tree(compilation) is { } tree ? Location.Create(tree, Span) : Location.None;
        return Diagnostic.Create(Descriptors.ById(Problem.Id), location, Problem.Arguments.ToArray<object>());
    }
}
