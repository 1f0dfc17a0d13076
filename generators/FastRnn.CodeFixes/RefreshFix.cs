using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>FRNN086: <c>model.Refresh();</c> after the change, in the block that holds both the change and the run.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RefreshFix)), Shared]
public sealed class RefreshFix() : SourceFix("FRNN086")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        if (diagnostic.AdditionalLocations.Count != 1 || !diagnostic.Properties.TryGetValue("Model", out var model))
        {
            return null;
        }

        var run = diagnostic.AdditionalLocations[0];
        var statement = At<StatementSyntax>(root, diagnostic);
        while (statement is not null && !(Block(statement) is { } block && block.Span.Contains(run.SourceSpan)))
        {
            statement = statement.Ancestors().OfType<StatementSyntax>().FirstOrDefault();
        }

        if (statement is null)
        {
            return null;
        }

        var ending = Declarations.Ending(statement);
        var refresh = SyntaxFactory.ParseStatement($"{model}.Refresh();").WithTrailingTrivia(ending)
            .WithLeadingTrivia(ending.Any(SyntaxKind.EndOfLineTrivia) ? Declarations.Indent(statement) : default);
        var changed = statement.Parent is GlobalStatementSyntax global
            ? root.InsertNodesAfter(global, [SyntaxFactory.GlobalStatement(refresh)])
            : root.InsertNodesAfter(statement, [refresh]);
        return ($"Call {model}.Refresh()", changed);
    }

    private static SyntaxNode? Block(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax block => block,
        GlobalStatementSyntax global => global.Parent,
        _ => null,
    };
}
