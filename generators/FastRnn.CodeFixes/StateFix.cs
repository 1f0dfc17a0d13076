using System.Composition;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace FastRnn.CodeFixes;

/// <summary>FRNN013 and FRNN014: a state that is returned is taken too, and the other way round. Where one is missing on both sides, it may
/// be one state of two names; nothing is offered then.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StateFix)), Shared]
public sealed class StateFix() : SourceFix("FRNN013", "FRNN014")
{
    private protected override (string Title, SyntaxNode Root)? Propose(SyntaxNode root, Diagnostic diagnostic)
    {
        if (At<MethodDeclarationSyntax>(root, diagnostic) is not { ParameterList.Parameters.Count: > 0 } step)
        {
            return null;
        }

        var taken = step.ParameterList.Parameters.Skip(1).ToList();
        var returned = (step.ReturnType as TupleTypeSyntax)?.Elements;
        var names = returned?.Select(e => e.Identifier.ValueText).ToList() ?? taken.Take(1).Select(p => p.Identifier.ValueText).ToList();
        var notTaken = returned?.Where(e => taken.All(p => p.Identifier.ValueText != e.Identifier.ValueText)).ToList() ?? [];
        var notReturned = taken.Where(p => !names.Contains(p.Identifier.ValueText)).ToList();
        var name = root.FindToken(diagnostic.Location.SourceSpan.Start).ValueText;
        return notReturned.Count == 0 && notTaken.FirstOrDefault(e => e.Identifier.ValueText == name) is { } element
                && Take(step, element) is { } taking ? ($"Take the state '{name}'", root.ReplaceNode(step, taking))
            : notTaken.Count == 0 && notReturned.FirstOrDefault(p => p.Identifier.ValueText == name) is { } parameter
                && Return(step, parameter) is { } returning ? ($"Return the state '{name}'", root.ReplaceNode(step, returning))
            : null;
    }

    private static MethodDeclarationSyntax? Take(MethodDeclarationSyntax step, TupleElementSyntax element)
    {
        // A local variable of its name becomes the state's new value; not one of a tuple.
        var name = element.Identifier.ValueText;
        if (step.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Any(v => v.Identifier.ValueText == name))
        {
            return null;
        }

        var locals = step.DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(v => v.Identifier.ValueText == name).ToList();
        if (locals.Count > 0)
        {
            if (locals.Count > 1 || locals[0] is not
                {
                    Initializer.Value: { } value,
                    Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax local }
                })
            {
                return null;
            }

            var assignment = ExpressionStatement(AssignmentExpression(
                SyntaxKind.SimpleAssignmentExpression, IdentifierName(element.Identifier.WithoutTrivia()).WithTrailingTrivia(Space),
                Token(SyntaxKind.EqualsToken).WithTrailingTrivia(Space), value));
            step = step.ReplaceNode(local, assignment.WithTriviaFrom(local));
        }

        var parameter = Parameter(element.Identifier.WithoutTrivia()).WithType(element.Type.WithoutTrivia().WithTrailingTrivia(Space));
        return step.WithParameterList(step.ParameterList.WithParameters(Append(step.ParameterList.Parameters, parameter)));
    }

    private static MethodDeclarationSyntax? Return(MethodDeclarationSyntax step, ParameterSyntax parameter)
    {
        var results = step.ExpressionBody is { } arrow ? [arrow.Expression]
            : step.DescendantNodes().OfType<ReturnStatementSyntax>().Select(r => r.Expression).OfType<ExpressionSyntax>().ToArray();
        if (results.Length != 1 || parameter.Type is null)
        {
            return null;
        }

        var result = results[0];
        var argument = Argument(IdentifierName(parameter.Identifier.WithoutTrivia()));
        var element = TupleElement(parameter.Type.WithoutTrivia().WithTrailingTrivia(Space), parameter.Identifier.WithoutTrivia());
        if (step.ReturnType is TupleTypeSyntax type)
        {
            return result is TupleExpressionSyntax tuple && tuple.Arguments.Count == type.Elements.Count
                ? step.ReplaceNodes([type, result], (old, _) => old == type
                    ? type.WithElements(Append(type.Elements, element)) : tuple.WithArguments(Append(tuple.Arguments, argument)))
                : null;
        }

        var first = TupleElement(
            step.ReturnType.WithoutTrivia().WithTrailingTrivia(Space), step.ParameterList.Parameters[1].Identifier.WithoutTrivia());
        return step.ReplaceNodes([step.ReturnType, result], (old, _) => old == step.ReturnType
            ? TupleType(Append([first], element)).WithTriviaFrom(step.ReturnType)
            : TupleExpression(Append([Argument(result.WithoutTrivia())], argument)).WithTriviaFrom(result));
    }

    private static SeparatedSyntaxList<T> Append<T>(SeparatedSyntaxList<T> list, T node)
        where T : SyntaxNode =>
        SeparatedList<T>([.. list.GetWithSeparators(),
            .. list.Count > 0 ? [Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space)] : Array.Empty<SyntaxNodeOrToken>(), node]);
}
