using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>What messages call a piece of syntax.</summary>
internal static class SyntaxWords
{
    public static string Of(SyntaxNode node) => node switch
    {
        ConditionalExpressionSyntax => "a conditional expression",
        CastExpressionSyntax => "a cast",
        ElementAccessExpressionSyntax => "an indexed element",
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } own => $"'this': write '{own.Name}' alone",
        MemberAccessExpressionSyntax => "a member access",
        AssignmentExpressionSyntax => "an assignment inside an expression",
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } => "'!'",
        PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => "this operator",
        BinaryExpressionSyntax binary => $"the operator '{binary.OperatorToken.ValueText}'",
        LiteralExpressionSyntax => "this literal",
        BaseObjectCreationExpressionSyntax => "a new object",
        TupleExpressionSyntax => "a tuple",
        SwitchExpressionSyntax => "a switch",
        AnonymousFunctionExpressionSyntax => "a lambda",
        RefExpressionSyntax => "a reference",
        ExpressionSyntax => "this expression",
        IfStatementSyntax => "an if statement",
        CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax => "a loop",
        ReturnStatementSyntax => "a return before the end",
        LocalFunctionStatementSyntax => "a local function",
        BlockSyntax => "a block",
        EmptyStatementSyntax => "an empty statement",
        ThrowStatementSyntax => "a throw statement",
        ExpressionStatementSyntax
        {
            Expression: AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax }
        } =>
            "an assignment of a tuple other than '(a, b) = (c, d)'",
        ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment } =>
            $"the assignment '{Short(assignment.Left)} {assignment.OperatorToken.ValueText}'",
        ExpressionStatementSyntax => "an expression alone",
        LocalDeclarationStatementSyntax local when local.Declaration.Variables.Any(v => v.Initializer is null) =>
            "a declaration without a value",
        LocalDeclarationStatementSyntax => "such a declaration",
        _ => "this statement",
    };

    /// <summary>The text of a node on one line, cut where it becomes long.</summary>
    public static string Short(SyntaxNode node)
    {
        var text = string.Concat(node.DescendantTokens().Take(20).Select(token => token.Text));
        return text.Length <= 60 ? text : text.Substring(0, 57) + "...";
    }
}
