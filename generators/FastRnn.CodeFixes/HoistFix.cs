using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>FRNN081 and FRNN087: the declaration of a session or of an array moves before its loop.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HoistFix)), Shared]
public sealed class HoistFix() : SourceFix("FRNN081", "FRNN087")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        if (At<EqualsValueClauseSyntax>(root, diagnostic) is not { Parent: VariableDeclaratorSyntax variable }
            || variable.Parent?.Parent is not LocalDeclarationStatementSyntax
            {
                Declaration.Variables.Count: 1,
                Parent: BlockSyntax body
            } local
            || body.Parent is not StatementSyntax loop || loop.Parent is not (BlockSyntax or GlobalStatementSyntax)
            || Clashes(loop, variable.Identifier.ValueText)
            || (diagnostic.Id == "FRNN081" && !local.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)))
        {
            return null;
        }

        var moved = local.WithLeadingTrivia(loop.GetLeadingTrivia().AddRange(Comments(local, Declarations.Indent(loop))))
            .WithTrailingTrivia(local.HasTrailingTrivia ? local.GetTrailingTrivia() : Declarations.Ending(local));
        var rest = loop.RemoveNode(local, SyntaxRemoveOptions.KeepDirectives)!
            .WithLeadingTrivia(moved.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? Declarations.Indent(loop) : default);
        var changed = loop.Parent is GlobalStatementSyntax global
            ? root.ReplaceNode(global, [SyntaxFactory.GlobalStatement(moved), SyntaxFactory.GlobalStatement(rest)])
            : root.ReplaceNode(loop, [moved, rest]);
        return ($"Create '{variable.Identifier.ValueText}' before the loop", changed);
    }

    // What stands above a declaration, in the columns of another place; directives stay where they are.
    private static IEnumerable<SyntaxTrivia> Comments(SyntaxNode local, SyntaxTriviaList indent)
    {
        var above = local.GetLeadingTrivia().Where(t => !t.IsDirective && !t.IsKind(SyntaxKind.DisabledTextTrivia))
            .SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia) || t.IsKind(SyntaxKind.EndOfLineTrivia)).ToList();
        for (var i = 0; i < above.Count; i++)
        {
            if (i > 0 && above[i - 1].IsKind(SyntaxKind.EndOfLineTrivia))
            {
                foreach (var space in indent)
                {
                    yield return space;
                }
            }

            // In an empty line, or before a comment on the line.
            if (!above[i].IsKind(SyntaxKind.WhitespaceTrivia) || (i > 0 && !above[i - 1].IsKind(SyntaxKind.EndOfLineTrivia)))
            {
                yield return above[i];
            }
        }
    }

    // Outside, the name may already be taken.
    private static bool Clashes(StatementSyntax loop, string name) =>
        loop is not (ForStatementSyntax or ForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
        || loop.Parent is not { } around
        || (around is GlobalStatementSyntax ? around.Parent! : around).DescendantTokens()
            .Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == name && !loop.Span.Contains(t.Span)
                && t.Parent is not MemberAccessExpressionSyntax);
}
