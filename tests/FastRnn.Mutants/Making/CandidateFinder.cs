using System.Globalization;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace FastRnn.Mutants.Making;

/// <summary>All changes that may be made to a file, by its syntax alone; whether their types fit is seen when one is chosen.</summary>
internal sealed class CandidateFinder : CSharpSyntaxWalker
{
    private static readonly Dictionary<SyntaxKind, (SyntaxKind Other, string Kind)[]> Operators = new()
    {
        [SyntaxKind.AddExpression] = [(SyntaxKind.SubtractExpression, "sign")],
        [SyntaxKind.SubtractExpression] = [(SyntaxKind.AddExpression, "sign")],
        [SyntaxKind.MultiplyExpression] = [(SyntaxKind.AddExpression, "operator")],
        [SyntaxKind.DivideExpression] = [(SyntaxKind.MultiplyExpression, "operator")],
        [SyntaxKind.LessThanExpression] = [(SyntaxKind.LessThanOrEqualExpression, "bound")],
        [SyntaxKind.LessThanOrEqualExpression] = [(SyntaxKind.LessThanExpression, "bound")],
        [SyntaxKind.GreaterThanExpression] = [(SyntaxKind.GreaterThanOrEqualExpression, "bound")],
        [SyntaxKind.GreaterThanOrEqualExpression] = [(SyntaxKind.GreaterThanExpression, "bound")],
        [SyntaxKind.EqualsExpression] = [(SyntaxKind.NotEqualsExpression, "condition")],
        [SyntaxKind.NotEqualsExpression] = [(SyntaxKind.EqualsExpression, "condition")],
        [SyntaxKind.LogicalAndExpression] = [(SyntaxKind.LogicalOrExpression, "condition")],
        [SyntaxKind.LogicalOrExpression] = [(SyntaxKind.LogicalAndExpression, "condition")],
    };

    private readonly List<Candidate> found = [];

    public static IReadOnlyList<Candidate> Find(SyntaxNode root)
    {
        var finder = new CandidateFinder();
        finder.Visit(root);
        return finder.found;
    }

    // What is computed once, before any mutant is on, or by the compiler.
    public override void VisitFieldDeclaration(FieldDeclarationSyntax node)
    {
    }

    public override void VisitAttributeList(AttributeListSyntax node)
    {
    }

    public override void VisitParameter(ParameterSyntax node)
    {
    }

    public override void VisitEnumDeclaration(EnumDeclarationSyntax node)
    {
    }

    public override void VisitThrowStatement(ThrowStatementSyntax node)
    {
    }

    public override void VisitThrowExpression(ThrowExpressionSyntax node)
    {
    }

    public override void VisitLocalDeclarationStatement(LocalDeclarationStatementSyntax node)
    {
        if (!node.IsConst)
            base.VisitLocalDeclarationStatement(node);
    }

    public override void VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        if (node.Initializer is null)
            base.VisitPropertyDeclaration(node);
    }

    public override void VisitBinaryExpression(BinaryExpressionSyntax node)
    {
        foreach (var (other, kind) in Operators.GetValueOrDefault(node.Kind(), []))
            Add(node, kind, _ => BinaryExpression(other, node.Left, node.Right));
        if (node.Kind() is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression)
            Add(node, "forgotten term", _ => node.Left);
        base.VisitBinaryExpression(node);
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        if (node.IsKind(SyntaxKind.UnaryMinusExpression))
            Add(node, "sign", _ => node.Operand);
        base.VisitPrefixUnaryExpression(node);
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        var declares = node.DescendantNodes().Any(inner => inner is DeclarationExpressionSyntax or SingleVariableDesignationSyntax);
        var leaves = node.Expression is InvocationExpressionSyntax or AssignmentExpressionSyntax { Left: ElementAccessExpressionSyntax }
            || (node.Expression is AssignmentExpressionSyntax && !node.Expression.IsKind(SyntaxKind.SimpleAssignmentExpression));
        if (leaves && !declares)
            found.Add(new(node, "forgotten term", null));
        base.VisitExpressionStatement(node);
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        Visit(node.Right);
        if (node.Left is ElementAccessExpressionSyntax)
            Visit(((ElementAccessExpressionSyntax)node.Left).ArgumentList);
    }

    public override void VisitLiteralExpression(LiteralExpressionSyntax node)
    {
        if (node.Token.Value is int number && number < int.MaxValue && IsComputedWith(node))
            Add(node, "offset", _ => Number(number + 1));
        if (node.Token.Value is float or double)
        {
            Add(node, "constant", _ => LiteralExpression(SyntaxKind.NumericLiteralExpression, node.Token.Value is float single
                ? Literal(single == 0 ? 1 : single * 1.125f)
                : Literal((double)node.Token.Value! is var value && value == 0 ? 1 : value * 1.125)));
        }
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        var arguments = node.ArgumentList.Arguments;
        var name = (node.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.Text ?? node.Expression.ToString();
        if (arguments.Count == 3 && (name.Contains("MultiplyAdd", StringComparison.Ordinal) || name == "Fma"))
        {
            Add(node, "forgotten term", _ => arguments[2].Expression);
            Add(node, "operand", model => With(node, 0, arguments[1].Expression, model));
            Add(node, "sign", model => With(node, 0, PrefixUnaryExpression(
                SyntaxKind.UnaryMinusExpression, ParenthesizedExpression(arguments[0].Expression)), model));
        }
        else if (name is "Min" or "Max")
        {
            Add(node, "operator", _ => node.WithExpression(Renamed(node.Expression, name == "Min" ? "Max" : "Min")));
        }
        else
        {
            for (var i = 1; i < arguments.Count; i++)
            {
                var at = i;
                Add(node, "operand", model => Swapped(node, at - 1, at, model));
            }
        }

        base.VisitInvocationExpression(node);
    }

    public override void VisitIdentifierName(IdentifierNameSyntax node)
    {
        if (IsValue(node))
            Add(node, "operand", model => Neighbour(node, model));
    }

    public override void VisitIfStatement(IfStatementSyntax node)
    {
        Negate(node.Condition);
        base.VisitIfStatement(node);
    }

    public override void VisitConditionalExpression(ConditionalExpressionSyntax node)
    {
        Negate(node.Condition);
        base.VisitConditionalExpression(node);
    }

    private void Negate(ExpressionSyntax condition)
    {
        if (condition is not (BinaryExpressionSyntax or IsPatternExpressionSyntax))
            Add(condition, "condition", _ => PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, ParenthesizedExpression(condition)));
    }

    private void Add(ExpressionSyntax node, string kind, Func<SemanticModel, ExpressionSyntax?> change)
    {
        if (!node.DescendantNodes().Any(inner => inner is DeclarationExpressionSyntax or DeclarationPatternSyntax or VarPatternSyntax
            or StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax))
            found.Add(new(node, kind, change));
    }

    private static bool IsComputedWith(LiteralExpressionSyntax node) => node.Parent switch
    {
        BinaryExpressionSyntax binary => binary.Kind() is SyntaxKind.AddExpression or SyntaxKind.SubtractExpression
            or SyntaxKind.MultiplyExpression or SyntaxKind.LeftShiftExpression or SyntaxKind.RightShiftExpression
            or SyntaxKind.LessThanExpression or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression,
        ArgumentSyntax argument => argument.Parent is BracketedArgumentListSyntax or ArgumentListSyntax,
        AssignmentExpressionSyntax or EqualsValueClauseSyntax => true,
        _ => false,
    };

    private static bool IsValue(IdentifierNameSyntax node) => node.Parent switch
    {
        ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.None) && argument.Parent is not TupleExpressionSyntax
            && argument.Parent?.Parent is not InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } },
        BinaryExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression }
            or ParenthesizedExpressionSyntax => true,
        AssignmentExpressionSyntax assignment => assignment.Right == node,
        ElementAccessExpressionSyntax access => access.Expression == node && access.Parent is not AssignmentExpressionSyntax,
        _ => false,
    };

    private static LiteralExpressionSyntax Number(int value) => LiteralExpression(
        SyntaxKind.NumericLiteralExpression, Literal(value.ToString(CultureInfo.InvariantCulture), value));

    private static ExpressionSyntax Renamed(ExpressionSyntax name, string other) => name is MemberAccessExpressionSyntax member
        ? member.WithName(IdentifierName(other)) : IdentifierName(other);

    private static InvocationExpressionSyntax? With(
        InvocationExpressionSyntax node, int index, ExpressionSyntax expression, SemanticModel model)
    {
        var arguments = node.ArgumentList.Arguments;
        return model.GetTypeInfo(arguments[0].Expression).Type is { } type
            && SymbolEqualityComparer.Default.Equals(type, model.GetTypeInfo(arguments[1].Expression).Type)
            ? node.WithArgumentList(ArgumentList(arguments.Replace(arguments[index], Argument(expression)))) : null;
    }

    private static InvocationExpressionSyntax? Swapped(InvocationExpressionSyntax node, int first, int second, SemanticModel model)
    {
        var arguments = node.ArgumentList.Arguments;
        var (left, right) = (arguments[first], arguments[second]);
        if (!left.RefKindKeyword.IsKind(SyntaxKind.None) || !right.RefKindKeyword.IsKind(SyntaxKind.None)
            || left.Expression.IsEquivalentTo(right.Expression) || model.GetTypeInfo(left.Expression).Type is not { } type
            || !SymbolEqualityComparer.Default.Equals(type, model.GetTypeInfo(right.Expression).Type))
            return null;
        return node.WithArgumentList(ArgumentList(SeparatedList(arguments.Select((argument, i) =>
            i == first ? Argument(right.Expression) : i == second ? Argument(left.Expression) : argument))));
    }

    /// <summary>Another local or parameter of the type, the last one before.</summary>
    private static IdentifierNameSyntax? Neighbour(IdentifierNameSyntax node, SemanticModel model)
    {
        if (model.GetSymbolInfo(node).Symbol is not { Kind: SymbolKind.Local or SymbolKind.Parameter } symbol
            || model.GetTypeInfo(node).Type is not { } type)
            return null;
        var other = model.LookupSymbols(node.SpanStart)
            .Where(s => s.Kind is SymbolKind.Local or SymbolKind.Parameter && !SymbolEqualityComparer.Default.Equals(s, symbol)
                && SymbolEqualityComparer.Default.Equals(s is ILocalSymbol local ? local.Type : ((IParameterSymbol)s).Type, type)
                && s.DeclaringSyntaxReferences is [var place] && place.Span.End < node.SpanStart
                && (s is IParameterSymbol { RefKind: not RefKind.Out }
                    || place.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null }))
            .OrderByDescending(s => s.DeclaringSyntaxReferences[0].Span.Start).FirstOrDefault();
        return other is null ? null : IdentifierName(other.Name);
    }
}
