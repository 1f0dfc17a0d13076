using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>FRNN002: a class becomes sealed. What is abstract, static or a record is so for a reason that the user knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SealedFix)), Shared]
public sealed class SealedFix() : SourceFix("FRNN002")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic) =>
        At<ClassDeclarationSyntax>(root, diagnostic) is { } type
        && !type.Modifiers.Any(
            m => m.IsKind(SyntaxKind.AbstractKeyword) || m.IsKind(SyntaxKind.StaticKeyword) || m.IsKind(SyntaxKind.SealedKeyword))
            ? ($"Make '{type.Identifier.ValueText}' sealed", root.ReplaceNode(type, type.With(SyntaxKind.SealedKeyword)))
            : null;
}
