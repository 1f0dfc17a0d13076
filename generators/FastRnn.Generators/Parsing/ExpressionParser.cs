using System.Globalization;

using FastRnn.Generators.Algebra;
using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads expressions. Whatever is outside the language becomes a problem at that very node, and null.</summary>
internal sealed class ExpressionParser(ICellBinding binding, ProblemList problems)
{
    /// <summary>How deep an expression may be nested: everything after this stage may recurse.</summary>
    public const int MaxDepth = 200;

    private bool saidTooDeep;

    public ExpressionSpec? Parse(ExpressionSyntax syntax, int depth = 0)
    {
        if (depth > MaxDepth)
        {
            if (!saidTooDeep)
            {
                problems.Add(Descriptors.TooLarge, syntax, "The depth of this expression", $"{MaxDepth}");
                saidTooDeep = true;
            }

            return null;
        }

        var place = problems.Place(syntax);
        switch (syntax)
        {
            case IdentifierNameSyntax name when binding.Constant(name) is { } constant:
                return new NumberSpec(constant, NumberKind.Double, Text(constant), place);
            case IdentifierNameSyntax name:
                return new NameSpec(name.Identifier.ValueText, place);
            case ParenthesizedExpressionSyntax group:
                return Parse(group.Expression, depth + 1) is { } inner ? new GroupSpec(inner, place) : null;
            case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } minus:
                return Parse(minus.Operand, depth + 1) is { } operand ? new NegateSpec(operand, place) : null;
            case LiteralExpressionSyntax literal when Number(literal, place) is { } number:
                return number;
            case BinaryExpressionSyntax binary when Operator(binary) is { } op:
                return Binary(binary, op, place, depth);
            case InvocationExpressionSyntax call:
                return Call(call, place, depth);
            default:
                problems.Add(Descriptors.Expression, syntax, SyntaxWords.Of(syntax));
                return null;
        }
    }

    private static char? Operator(BinaryExpressionSyntax binary) => binary.Kind() switch
    {
        SyntaxKind.AddExpression => '+',
        SyntaxKind.SubtractExpression => '-',
        SyntaxKind.MultiplyExpression => '*',
        SyntaxKind.DivideExpression => '/',
        _ => null,
    };

    /// <summary>A literal of the type double, as the recorded source of a cell has it in place of a constant's name.</summary>
    private static string Text(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Any(c => c is '.' or 'E') ? text : text + ".0";
    }

    private static NumberSpec? Number(LiteralExpressionSyntax literal, Place place)
    {
        var (value, kind) = literal.Token.Value switch
        {
            double d => (d, NumberKind.Double),
            float f => (f, NumberKind.Float),
            int i => (i, NumberKind.Integer),
            uint i => (i, NumberKind.Integer),
            long i => (i, NumberKind.Integer),
            ulong i => (i, NumberKind.Integer),
            _ => (double.NaN, NumberKind.Integer),
        };
        return double.IsNaN(value) ? null : new NumberSpec(value, kind, literal.Token.Text, place);
    }

    private BinarySpec? Binary(BinaryExpressionSyntax binary, char op, Place place, int depth)
    {
        // Both sides are read even if one is wrong: each mistake is reported where it stands.
        var left = Parse(binary.Left, depth + 1);
        var right = Parse(binary.Right, depth + 1);
        return left is null || right is null ? null : new BinarySpec(op, left, right, place);
    }

    private static bool IsOfStep(ExpressionSyntax called) => called is IdentifierNameSyntax name
        && called.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } step && step.DescendantNodes().Any(node => node switch
        {
            LocalFunctionStatementSyntax function => function.Identifier.ValueText == name.Identifier.ValueText,
            VariableDeclaratorSyntax variable => variable.Identifier.ValueText == name.Identifier.ValueText,
            _ => false,
        });

    private CallSpec? Call(InvocationExpressionSyntax call, Place place, int depth)
    {
        var name = call.Expression switch
        {
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } member =>
                member.Name.Identifier.ValueText,
            _ => "",
        };
        var list = call.ArgumentList.Arguments;
        if (FunctionTable.Named(name)?.Arity != list.Count || !binding.IsFunction(call))
        {
            if (problems.IsBroken && IsOfStep(call.Expression))
            {
                // It was refused where it is declared.
                return null;
            }

            problems.Add(Descriptors.Call, call.Expression, SyntaxWords.Short(call.Expression));
            return null;
        }

        var arguments = new List<ExpressionSpec>();
        foreach (var argument in list)
        {
            if (argument.NameColon is not null || !argument.RefKindKeyword.IsKind(SyntaxKind.None))
            {
                problems.Add(Descriptors.Expression, argument, "a named argument");
                continue;
            }

            if (Parse(argument.Expression, depth + 1) is { } value)
            {
                arguments.Add(value);
            }
        }

        return arguments.Count == list.Count
            ? new CallSpec(name, new EquatableArray<ExpressionSpec>(arguments), place)
            : null;
    }
}
