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
        var kept = node.Attributes.Where(a => a.Name.ToString() is not ("Weights" or "WeightsAttribute")).ToList();
        return kept.Count == node.Attributes.Count ? node
            : kept.Count == 0 ? null
            : node.WithAttributes(SyntaxFactory.SeparatedList(kept));
    }
}
