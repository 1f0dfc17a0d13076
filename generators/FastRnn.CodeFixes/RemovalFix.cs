using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>What is too much in a model is removed: a second input or loss (FRNN041, FRNN044), an activation that does not go with the loss
/// or the place (FRNN050, FRNN051), an initial state that is given already and an option without effect (FRNN069, FRNN070).</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemovalFix)), Shared]
public sealed class RemovalFix() : SourceFix("FRNN041", "FRNN044", "FRNN050", "FRNN051", "FRNN069", "FRNN070")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        if (At<AttributeArgumentSyntax>(root, diagnostic) is { NameEquals.Name.Identifier.ValueText: var option } argument)
        {
            return ($"Remove {option}", root.RemoveNode(argument, SyntaxRemoveOptions.KeepNoTrivia)!);
        }

        return At<AttributeSyntax>(root, diagnostic) is { } attribute && attribute.Span == diagnostic.Location.SourceSpan
            ? ($"Remove [{Declarations.Short(attribute)}]", Declarations.WithoutAttribute(root, attribute))
            : null;
    }
}
