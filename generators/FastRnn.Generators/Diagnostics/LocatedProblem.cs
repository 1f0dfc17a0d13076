using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace FastRnn.Generators.Diagnostics;

/// <summary>A problem and the class in which it stands.</summary>
internal sealed record LocatedProblem(Problem Problem, Anchor Anchor)
{
    /// <summary>The diagnostic, at a location in the compilation's own tree, which is what makes <c>#pragma warning disable</c> work.</summary>
    public Diagnostic ToDiagnostic(Compilation compilation)
    {
        var span = new TextSpan(Anchor.Start + Problem.Place.Start, Problem.Place.Length);
        var tree = compilation.SyntaxTrees.FirstOrDefault(t => t.FilePath == Anchor.FilePath && t.Length >= span.End);
        var location = tree is null ? Location.None : Location.Create(tree, span);
        return Diagnostic.Create(Descriptors.ById(Problem.Id), location, Problem.Arguments.ToArray<object>());
    }
}
