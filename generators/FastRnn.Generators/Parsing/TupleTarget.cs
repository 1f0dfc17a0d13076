using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>One of the variables on the left side of <c>var (a, b) = (c, d);</c> or <c>(a, b) = (b, a);</c>.</summary>
/// <param name="Type">Its type if it is declared there, else null.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct TupleTarget(TypeSyntax? Type, SyntaxToken Name)
{
    /// <summary>The variables that get a tuple of as many values, written out; null if an assignment is something else.</summary>
    public static IReadOnlyList<TupleTarget>? Of(AssignmentExpressionSyntax assignment)
    {
        var targets = assignment.Left switch
        {
            TupleExpressionSyntax tuple => tuple.Arguments.Select(argument => One(argument.Expression)).ToList(),
            DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax list } declaration =>
                list.Variables.Select(variable => One(declaration.Type, variable)).ToList(),
            _ => [null],
        };
        return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) && !targets.Contains(null)
            && assignment.Right is TupleExpressionSyntax values && values.Arguments.Count == targets.Count
                ? targets.Select(target => target!.Value).ToList()
                : null;
    }

    private static TupleTarget? One(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax { Identifier.ValueText: not "_" } name => new TupleTarget(null, name.Identifier),
        DeclarationExpressionSyntax declaration => One(declaration.Type, declaration.Designation),
        _ => null,
    };

    private static TupleTarget? One(TypeSyntax type, VariableDesignationSyntax designation) =>
        designation is SingleVariableDesignationSyntax single ? new TupleTarget(type, single.Identifier) : null;
}
