using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>FRNN031 and FRNN032: a parameter or a value that is not used is removed; equations have no side effects.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnusedFix)), Shared]
public sealed class UnusedFix() : SourceFix("FRNN031", "FRNN032")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        var name = root.FindToken(diagnostic.Location.SourceSpan.Start).ValueText;
        if (At<VariableDeclaratorSyntax>(root, diagnostic) is { Parent: VariableDeclarationSyntax declaration } variable)
        {
            // A value that is never used may still name the parameter, and a later one the variable.
            var scope = (SyntaxNode?)variable.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? root;
            var others = scope.DescendantNodes().OfType<IdentifierNameSyntax>()
                .Where(n => n.Identifier.ValueText == name && n.FirstAncestorOrSelf<AttributeSyntax>() is null);
            if (others.Any())
            {
                return null;
            }

            var isField = declaration.Parent is FieldDeclarationSyntax;
            var title = isField ? $"Remove the parameter '{name}'" : $"Remove the value '{name}'";
            SyntaxNode removed = declaration.Variables.Count == 1 ? declaration.Parent! : variable;
            var parts = isField ? Parts(scope, name) : [];
            return (title, Remove(root, removed, parts));
        }

        return At<ExpressionStatementSyntax>(root, diagnostic) is
        {
            Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax }
        } statement
            ? ($"Remove the value '{name}'", Remove(root, statement, []))
            : null;
    }

    // What stored tensors say about the parameter.
    private static List<SyntaxNode> Parts(SyntaxNode type, string name)
    {
        var found = new List<SyntaxNode>();
        foreach (var tensor in ((TypeDeclarationSyntax)type).AttributeLists.SelectMany(l => l.Attributes)
            .Where(a => Declarations.Short(a) == "StoredTensor"))
        {
            var parts = tensor.ArgumentList?.Arguments.Skip(1).ToList() ?? [];
            var own = parts.Where(p => IsPart(p.Expression, name)).ToList();
            found.AddRange(own.Count < parts.Count || own.Count == 0 ? own.ToArray<SyntaxNode>()
                : [tensor.Parent is AttributeListSyntax { Attributes.Count: 1 } list ? list : tensor]);
        }

        return found;
    }

    private static bool IsPart(ExpressionSyntax part, string name) => part switch
    {
        LiteralExpressionSyntax literal => literal.Token.ValueText.TrimStart('+') == name,
        InvocationExpressionSyntax
        {
            Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" },
            ArgumentList.Arguments: { Count: 1 } arguments
        } =>
            arguments[0].Expression is IdentifierNameSyntax named && named.Identifier.ValueText == name,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => IsPart(sum.Right, name),
        _ => false,
    };

    private static SyntaxNode Remove(SyntaxNode root, SyntaxNode removed, List<SyntaxNode> parts) =>
        root.RemoveNodes([removed, .. parts], SyntaxRemoveOptions.KeepDirectives)!;
}
