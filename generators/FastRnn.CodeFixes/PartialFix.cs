using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>FRNN001 and FRNN004: a class, and the types around it, become partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(PartialFix)), Shared]
public sealed class PartialFix() : SourceFix("FRNN001", "FRNN004")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        if (At<TypeDeclarationSyntax>(root, diagnostic) is not { } type)
        {
            return null;
        }

        var types =
            type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Where(t => !t.Modifiers.Any(SyntaxKind.PartialKeyword)).ToList();

        // Type parameters and file-local types are other reasons, which a word cannot take away.
        if (types.Count == 0 || type.Ancestors().OfType<TypeDeclarationSyntax>().Any(t => t.TypeParameterList is not null))
        {
            return null;
        }

        var names = string.Join(", ", types.Select(t => $"'{t.Identifier.ValueText}'").Reverse());
        return ($"Make {names} partial", root.ReplaceNodes(types, (_, changed) => changed.With(SyntaxKind.PartialKeyword)));
    }
}
