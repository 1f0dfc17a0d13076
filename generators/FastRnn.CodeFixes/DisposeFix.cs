using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>FRNN085: <c>using</c> before the declaration of a session.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DisposeFix)), Shared]
public sealed class DisposeFix() : SourceFix("FRNN085")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        // A using declaration stands in a block or at the top, not right behind a label of a switch.
        if (At<VariableDeclaratorSyntax>(root, diagnostic)?.Parent?.Parent is not LocalDeclarationStatementSyntax
            { Parent: BlockSyntax or GlobalStatementSyntax, Declaration.Variables.Count: 1 } local)
        {
            return null;
        }

        var keyword = SyntaxFactory.Token(SyntaxKind.UsingKeyword)
            .WithLeadingTrivia(local.GetLeadingTrivia()).WithTrailingTrivia(SyntaxFactory.Space);
        return ("Dispose it at the end of the block (using)", root.ReplaceNode(local, local.WithLeadingTrivia().WithUsingKeyword(keyword)));
    }
}
