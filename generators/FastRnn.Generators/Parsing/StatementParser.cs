using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads the statements of a Step and what it returns.</summary>
internal sealed class StatementParser(ICellBinding binding, ProblemList problems)
{
    private readonly ExpressionParser expressions = new(binding, problems);
    private readonly List<StatementSpec> statements = [];

    public EquatableArray<StatementSpec> Statements => new(statements);

    /// <summary>Reads the body; returns the expressions of the return.</summary>
    public EquatableArray<ExpressionSpec> Parse(MethodDeclarationSyntax step)
    {
        if (step.ExpressionBody is { } arrow)
        {
            return Results(arrow.Expression);
        }

        if (step.Body is not { } body)
        {
            // A partial or extern method: C# takes it, the language does not.
            problems.Add(Descriptors.StepSignature, step.Identifier, "it has no body");
            return EquatableArray<ExpressionSpec>.Empty;
        }

        var results = EquatableArray<ExpressionSpec>.Empty;
        for (var i = 0; i < body.Statements.Count; i++)
        {
            if (body.Statements[i] is ReturnStatementSyntax { Expression: { } expression } && i == body.Statements.Count - 1)
            {
                results = Results(expression);
            }
            else
            {
                Statement(body.Statements[i]);
            }
        }

        if (body.Statements.LastOrDefault() is not ReturnStatementSyntax && !problems.IsBroken)
        {
            problems.Add(Descriptors.StepSignature, step.Identifier, "it does not end with a return");
        }

        return results;
    }

    private EquatableArray<ExpressionSpec> Results(ExpressionSyntax syntax)
    {
        var parts = syntax is TupleExpressionSyntax tuple ? tuple.Arguments.Select(a => a.Expression) : [syntax];
        return new(parts.Select(part => expressions.Parse(part)).Where(part => part is not null).Select(part => part!));
    }

    private void Statement(StatementSyntax statement)
    {
        switch (statement)
        {
            case LocalDeclarationStatementSyntax local when IsPlain(local):
                Declaration(local);
                break;
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: IdentifierNameSyntax target } assignment }
                when Operator(assignment) is { } op:
                Add(declares: false, "", target.Identifier, op, assignment.Right);
                break;
            default:
                problems.Add(Descriptors.Statement, statement, SyntaxWords.Of(statement));
                break;
        }
    }

    private static bool IsPlain(LocalDeclarationStatementSyntax local) =>
        local.AwaitKeyword.IsKind(SyntaxKind.None) && local.UsingKeyword.IsKind(SyntaxKind.None)
        && local.Modifiers.All(modifier => modifier.IsKind(SyntaxKind.ConstKeyword))
        && local.Declaration.Variables.All(v => v.Initializer is not null && v.ArgumentList is null);

    private void Declaration(LocalDeclarationStatementSyntax local)
    {
        var reading = binding.Read(local.Declaration.Type);
        switch (reading)
        {
            case { Kind: TypeMeaning.Broken }:
                problems.Break();
                return;
            case { Kind: TypeMeaning.Other } or { Kind: TypeMeaning.Vector, Type.IsVector: false }:
                problems.Add(Descriptors.Statement, local.Declaration.Type, "a variable of this type");
                return;
        }

        var type = reading.Kind switch
        {
            TypeMeaning.Vector => reading.Type!.Rows.Name,
            TypeMeaning.Number => StatementSpec.Number,
            _ => "",
        };
        foreach (var variable in local.Declaration.Variables)
        {
            Add(declares: true, type, variable.Identifier, '=', variable.Initializer!.Value);
        }
    }

    private static char? Operator(AssignmentExpressionSyntax assignment) => assignment.Kind() switch
    {
        SyntaxKind.SimpleAssignmentExpression => '=',
        SyntaxKind.AddAssignmentExpression => '+',
        SyntaxKind.SubtractAssignmentExpression => '-',
        SyntaxKind.MultiplyAssignmentExpression => '*',
        SyntaxKind.DivideAssignmentExpression => '/',
        _ => null,
    };

    private void Add(bool declares, string type, SyntaxToken target, char op, ExpressionSyntax value)
    {
        if (expressions.Parse(value) is { } parsed)
        {
            statements.Add(new StatementSpec(declares, type, target.ValueText, op, parsed, problems.Place(target)));
        }
    }
}
