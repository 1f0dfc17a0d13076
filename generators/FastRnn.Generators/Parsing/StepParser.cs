using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads the one method of a cell: its signature here, its body by <see cref="StatementParser"/>.</summary>
internal sealed class StepParser(ICellBinding binding, ProblemList problems)
{
    /// <summary>The Step of a class, or null if there are problems with it.</summary>
    public StepSpec? Parse(TypeDeclarationSyntax type)
    {
        var steps = type.Members.OfType<MethodDeclarationSyntax>().Where(m => m.Identifier.ValueText == "Step").ToList();
        if (steps.Count == 0)
        {
            problems.Add(Descriptors.NoStep, type.Identifier, type.Identifier.ValueText);
            return null;
        }

        if (steps.Count > 1)
        {
            problems.Add(Descriptors.TwoSteps, steps[1].Identifier, type.Identifier.ValueText);
            return null;
        }

        var step = steps[0];
        var spec = Read(step);
        if (binding.HasErrors(step))
        {
            problems.RemoveInside(step.Span);
            problems.Break();
        }

        return problems.IsBroken ? null : spec;
    }

    private StepSpec? Read(MethodDeclarationSyntax step)
    {
        if (Modifier(step) is { } modifier)
        {
            problems.Add(Descriptors.StepSignature, step.Identifier, modifier);
            return null;
        }

        var parameters = step.ParameterList.Parameters;
        if (parameters.Count == 0)
        {
            problems.Add(Descriptors.StepSignature, step.Identifier, "it takes nothing");
            return null;
        }

        var carried = parameters.Select(p => Carried(p)).ToList();
        var returned = Returned(step.ReturnType, carried.Skip(1).ToList());
        if (carried.Contains(null) || returned.Contains(null))
        {
            return null;
        }

        if (carried[0]!.Type.Rows.Name != "Input")
        {
            problems.Add(Descriptors.StepSignature, parameters[0], "its first parameter must be a Vec<Input>");
            return null;
        }

        var body = new StatementParser(binding, problems);
        var results = body.Parse(step);
        return new StepSpec(
            carried[0]!.Name, carried[0]!.Place, new(carried.Skip(1).Select(c => c!)), new(returned.Select(c => c!)),
            body.Statements, results);
    }

    /// <summary>What a Step must not be, if it is that.</summary>
    /// <param name="step">The method.</param>
    /// <param name="mayBeStatic">Whether it has nothing to remember, so that analyzers want it static.</param>
    public static string? Modifier(MethodDeclarationSyntax step, bool mayBeStatic = false) =>
        step.TypeParameterList is not null ? "it must not have type parameters"
        : step.ExplicitInterfaceSpecifier is not null ? "it must not be the implementation of an interface's method"
        : !mayBeStatic && step.Modifiers.Any(SyntaxKind.StaticKeyword) ? "it must not be static"
        : step.Modifiers.Any(SyntaxKind.AsyncKeyword) ? "it must not be async"
        : null;

    private CarriedSpec? Carried(ParameterSyntax parameter)
    {
        if (parameter.Modifiers.Count > 0 || parameter.Default is not null || parameter.Type is null)
        {
            problems.Add(Descriptors.StepSignature, parameter, "a parameter is a type and a name, nothing else");
            return null;
        }

        return Vector(parameter.Type) is { } type
            ? new CarriedSpec(parameter.Identifier.ValueText, type, problems.Place(parameter.Identifier))
            : null;
    }

    private List<CarriedSpec?> Returned(TypeSyntax type, List<CarriedSpec?> taken)
    {
        if (type is not TupleTypeSyntax tuple)
        {
            // One vector has no name to go by: it is the one state that is taken.
            var vector = Vector(type);
            if (vector is not null && taken.Count == 0)
            {
                problems.Add(Descriptors.StepSignature, type, "it returns a state and takes none");
                return [null];
            }

            var name = taken.FirstOrDefault()?.Name;
            return [vector is null || name is null ? null : new CarriedSpec(name, vector, problems.Place(type))];
        }

        var unnamed = tuple.Elements.IndexOf(element => element.Identifier.IsKind(SyntaxKind.None));
        if (unnamed >= 0)
        {
            var element = tuple.Elements[unnamed];
            var example = $"{element.Type} {taken.ElementAtOrDefault(unnamed)?.Name ?? "h"}";
            problems.Add(
                Descriptors.StepSignature, element, $"each element of the returned tuple has the name of its state, such as '{example}'");
            return [null];
        }

        return tuple.Elements.Select(element => Vector(element.Type) is { } vector
            ? new CarriedSpec(element.Identifier.ValueText, vector, problems.Place(element.Identifier))
            : null).ToList();
    }

    private VectorType? Vector(TypeSyntax syntax)
    {
        var reading = binding.Read(syntax);
        if (reading is { Kind: TypeMeaning.Vector, Type.IsVector: true })
        {
            return reading.Type;
        }

        if (reading.Kind == TypeMeaning.Broken)
        {
            problems.Break();
        }
        else
        {
            problems.Add(Descriptors.StepSignature, syntax, "what it takes and returns are vectors");
        }

        return null;
    }
}
