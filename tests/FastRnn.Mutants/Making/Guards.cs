using System.Globalization;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace FastRnn.Mutants.Making;

/// <summary>Puts all chosen changes into the code at once, each behind a question: so hundreds of mutants are compiled once, and one is on
/// at a time.</summary>
internal static class Guards
{
    /// <summary>What the questions ask, a file of the runtime.</summary>
    public const string Switch = """
        namespace FastRnn.CompilerServices
        {
            public static unsafe class MutantSwitch
            {
                public static int Active;
                public static nint Reached;

                [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
                public static bool Is(int mutant) => Active == mutant || (Active < 0 && Note(mutant));

                [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
                private static bool Note(int mutant)
                {
                    ((byte*)Reached)[mutant] = 1;
                    return false;
                }
            }
        }
        """;

    private const string Question = "global::FastRnn.CompilerServices.MutantSwitch.Is(";

    /// <summary>A file with its changes behind questions.</summary>
    public static SyntaxTree Write(SyntaxTree tree, IEnumerable<Choice> choices)
    {
        var byNode = choices.ToDictionary(choice => choice.Node);
        var root = tree.GetRoot().ReplaceNodes(byNode.Keys, (original, rewritten) => Guarded(byNode[original], rewritten));

        // Parsed anew: a tree that was put together may say what no text does.
        return CSharpSyntaxTree.ParseText(root.ToFullString(), (CSharpParseOptions)tree.Options, tree.FilePath, tree.Encoding);
    }

    /// <summary>Whose change a place in a written file belongs to; empty if there is none.</summary>
    public static IReadOnlyList<int> At(SyntaxNode place)
    {
        foreach (var outer in place.AncestorsAndSelf())
        {
            var asked = outer switch
            {
                ConditionalExpressionSyntax conditional => Number(conditional.Condition),
                IfStatementSyntax { Condition: PrefixUnaryExpressionSyntax not } => Number(not.Operand),
                _ => null,
            };
            if (asked is { } number)
                return [number];

            // What a statement that may be left out would have assigned, or the value of a constant.
            if (outer is BaseMethodDeclarationSyntax or PropertyDeclarationSyntax)
                return [.. outer.DescendantNodes().Select(inner => Number(inner)).OfType<int>()];
        }

        return [];
    }

    private static int? Number(SyntaxNode condition) =>
        condition is InvocationExpressionSyntax call && call.ToString() is var text && text.StartsWith(Question, StringComparison.Ordinal)
            ? int.Parse(text.AsSpan(Question.Length).TrimEnd(')'), CultureInfo.InvariantCulture) : null;

    private static SyntaxNode Guarded(Choice choice, SyntaxNode rewritten)
    {
        var question = ParseExpression(string.Create(CultureInfo.InvariantCulture, $"{Question}{choice.Mutant.Id})"));
        return rewritten is StatementSyntax statement
            ? Block(IfStatement(PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, question), Block(statement.WithoutTrivia())))
                .NormalizeWhitespace().WithTriviaFrom(rewritten)
            : ParenthesizedExpression(ConditionalExpression(
                question,
                ParenthesizedExpression((ExpressionSyntax)choice.Changed!.WithoutTrivia()),
                ParenthesizedExpression(((ExpressionSyntax)rewritten).WithoutTrivia()))).NormalizeWhitespace().WithTriviaFrom(rewritten);
    }
}
