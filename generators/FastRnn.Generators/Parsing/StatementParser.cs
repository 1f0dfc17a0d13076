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
            case ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax assignment }
                when TupleTarget.Of(assignment) is { } targets:
                Together(targets, (TupleExpressionSyntax)assignment.Right);
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
        if (DeclaredType(local.Declaration.Type) is not { } type)
        {
            return;
        }

        foreach (var variable in local.Declaration.Variables)
        {
            Add(declares: true, type, variable.Identifier, '=', variable.Initializer!.Value);
        }
    }

    /// <summary>The type of a declaration as a statement has it; null if there is a problem with it.</summary>
    private string? DeclaredType(TypeSyntax type)
    {
        var reading = binding.Read(type);
        switch (reading)
        {
            case { Kind: TypeMeaning.Broken }:
                problems.Break();
                return null;
            case { Kind: TypeMeaning.Other } or { Kind: TypeMeaning.Vector, Type.IsVector: false }:
                var advice = type is PredefinedTypeSyntax { Keyword.Text: "float" or "int" } ? ": numbers are double" : "";
                problems.Add(Descriptors.Statement, type, $"a variable of type {type}{advice}");
                return null;
        }

        return reading.Kind switch
        {
            TypeMeaning.Vector => reading.Type!.Rows.Name,
            TypeMeaning.Number => StatementSpec.Number,
            _ => "",
        };
    }

    /// <summary>Several variables get a value each. All values are there before the first variable changes: what a later one reads of an
    /// earlier variable is kept under another name. Apart from that they are statements one after the other.</summary>
    private void Together(IReadOnlyList<TupleTarget> targets, TupleExpressionSyntax tuple)
    {
        var values = tuple.Arguments.Select(argument => argument.Expression).ToList();
        var kept = new Dictionary<string, string>();
        for (var i = 0; i < targets.Count; i++)
        {
            var target = targets[i].Name;
            if (targets[i].Type is null && !kept.ContainsKey(target.ValueText) && values.Skip(i + 1).Any(v => Reads(v, target.ValueText)))
            {
                var (name, place) = (NewName(tuple, target.ValueText + "Before"), problems.Place(target));
                kept.Add(target.ValueText, name);
                statements.Add(new StatementSpec(Declares: true, "", name, '=', new NameSpec(target.ValueText, place), place));
            }
        }

        for (var i = 0; i < targets.Count; i++)
        {
            var (declared, target) = targets[i];
            if ((declared is null ? "" : DeclaredType(declared)) is { } type && expressions.Parse(values[i]) is { } value)
            {
                statements.Add(new StatementSpec(
                    declared is not null, type, target.ValueText, '=', Renamed(value, kept), problems.Place(target)));
            }
        }
    }

    private static bool Reads(ExpressionSyntax value, string name) =>
        value.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == name);

    /// <summary>A name that nothing in the class has.</summary>
    private string NewName(SyntaxNode inside, string name)
    {
        var all = inside.Ancestors().OfType<TypeDeclarationSyntax>().First().DescendantTokens().Select(t => t.ValueText);
        var used = new HashSet<string>(all.Concat(statements.Select(s => s.Target)));
        while (used.Contains(name))
        {
            name += "_";
        }

        return name;
    }

    private static ExpressionSpec Renamed(ExpressionSpec expression, IReadOnlyDictionary<string, string> names) => expression switch
    {
        NameSpec name when names.TryGetValue(name.Name, out var other) => name with { Name = other },
        GroupSpec group => group with { Inner = Renamed(group.Inner, names) },
        NegateSpec negate => negate with { Operand = Renamed(negate.Operand, names) },
        BinarySpec binary => binary with { Left = Renamed(binary.Left, names), Right = Renamed(binary.Right, names) },
        CallSpec call => call with { Arguments = new(call.Arguments.Select(argument => Renamed(argument, names))) },
        _ => expression,
    };

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
