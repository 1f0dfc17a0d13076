using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace FastRnn.CodeFixes;

/// <summary>FRNN036: a parameter that no stored tensor holds gets one of its own name. Which of two holds it rightly is for the user to
/// say.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(TensorFix)), Shared]
public sealed class TensorFix() : SourceFix("FRNN036")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        var name = root.FindToken(diagnostic.Location.SourceSpan.Start).ValueText;
        var tensors = At<TypeDeclarationSyntax>(root, diagnostic)?.AttributeLists.SelectMany(l => l.Attributes)
            .Where(a => Declarations.Short(a) == "StoredTensor").ToList() ?? [];
        var literals = tensors.SelectMany(a => a.ArgumentList?.Arguments ?? [])
            .Select(a => (a.Expression as LiteralExpressionSyntax)?.Token.ValueText).ToList();
        if (tensors.LastOrDefault() is not { Parent: AttributeListSyntax list } last || literals.Contains(null) || literals.Contains(name))
        {
            return null;
        }

        var attribute = last.WithArgumentList(AttributeArgumentList(SeparatedList<AttributeArgumentSyntax>(
            [Text(name), Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), Text(name)])));
        var title = $"Store '{name}' under its name";
        if (list.Attributes.Count > 1 || !list.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
        {
            var attributes = list.Attributes.GetWithSeparators();
            var at = attributes.IndexOf(last) + 1;
            return (title, root.ReplaceNode(list, list.WithAttributes(SeparatedList<AttributeSyntax>(
                attributes.InsertRange(at, [Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space), attribute.WithoutTrivia()])))));
        }

        var line = AttributeList([attribute]).WithLeadingTrivia(Declarations.Indent(list)).WithTrailingTrivia(Declarations.Ending(list));
        return (title, root.InsertNodesAfter(list, [line]));
    }

    private static AttributeArgumentSyntax Text(string text) =>
        AttributeArgument(LiteralExpression(SyntaxKind.StringLiteralExpression, Literal(text)));
}
