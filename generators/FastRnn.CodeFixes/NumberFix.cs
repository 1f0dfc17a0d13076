using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>FRNN024: one of two divided integers becomes a floating number.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NumberFix)), Shared]
public sealed class NumberFix() : SourceFix("FRNN024")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        if (At<BinaryExpressionSyntax>(root, diagnostic) is not { RawKind: (int)SyntaxKind.DivideExpression } division
            || new[] { division.Left, division.Right }.OfType<LiteralExpressionSyntax>().FirstOrDefault(IsPlain) is not { } literal)
        {
            return null;
        }

        var text = literal.Token.Text + ".0";
        var number = SyntaxFactory.Literal(text, double.Parse(literal.Token.ValueText, System.Globalization.CultureInfo.InvariantCulture));
        return ($"Write {text}", root.ReplaceNode(literal, literal.WithToken(number.WithTriviaFrom(literal.Token))));
    }

    // Without a prefix or suffix.
    private static bool IsPlain(LiteralExpressionSyntax literal) => literal.Token.Text.All(c => c is (>= '0' and <= '9') or '_');
}
