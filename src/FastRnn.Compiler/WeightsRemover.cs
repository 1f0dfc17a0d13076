using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Compiler;

/// <summary>Takes <c>[Weights]</c> away: numbers that would become data of an assembly that lives for one run are put into the model
/// instead.</summary>
internal sealed class WeightsRemover : CSharpSyntaxRewriter
{
    /// <inheritdoc/>
    public override SyntaxNode? VisitAttributeList(AttributeListSyntax node)
    {
        var kept = node.Attributes.Where(a => NameOf(a.Name) is not ("Weights" or "WeightsAttribute")).ToList();
        return kept.Count == node.Attributes.Count ? node
            : kept.Count == 0 ? null
            : node.WithAttributes(SyntaxFactory.SeparatedList(kept));
    }

    // FastRnn.Weights and global::FastRnn.Weights are the same.
    private static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => "",
    };
}
