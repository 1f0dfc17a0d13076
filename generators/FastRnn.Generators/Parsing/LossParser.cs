using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads a class marked with the attribute Loss.</summary>
internal static class LossParser
{
    /// <summary>The one method.</summary>
    public const string Step = "Step";

    /// <summary>Null if another part of the same class is the one that is read.</summary>
    public static Parsed<LossClassSpec>? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        return DeclarationParser.Parse(context, (type, symbol, problems) =>
        {
            var binding = new SemanticBinding(context.SemanticModel, symbol, cancellation);
            var partialClass = PartialClassParser.Parse(type, symbol, problems);
            if (symbol.DeclaringSyntaxReferences.Length > 1)
            {
                problems.Add(Descriptors.SeveralParts, type.Identifier, symbol.Name, "its equations are read from one");
            }

            if (Other(symbol) is { } other)
            {
                problems.Add(Descriptors.LossAndOther, type.Identifier, symbol.Name, other);
                return null;
            }

            return Body(type, partialClass, binding, problems);
        });
    }

    private static string? Other(INamedTypeSymbol symbol) =>
        AttributeReading.Has(symbol, "FastRnn.CellAttribute") ? "Cell"
        : AttributeReading.Has(symbol, "FastRnn.ModelAttribute") ? "Model"
        : null;

    private static LossClassSpec? Body(
        TypeDeclarationSyntax type, PartialClass partialClass, SemanticBinding binding, ProblemList problems)
    {
        var constructor = type.Members.OfType<ConstructorDeclarationSyntax>()
            .FirstOrDefault(c => !c.Modifiers.Any(SyntaxKind.StaticKeyword) && c.ParameterList.Parameters.Count > 0);
        if (((SyntaxNode?)type.ParameterList ?? constructor) is { } written)
        {
            problems.Add(Descriptors.LossField, written, "a constructor with parameters");
        }

        foreach (var field in type.Members.OfType<FieldDeclarationSyntax>().Where(f => !f.Modifiers.Any(SyntaxKind.ConstKeyword)))
        {
            problems.Add(
                Descriptors.LossField, field.Declaration.Variables[0].Identifier,
                $"the field '{field.Declaration.Variables[0].Identifier.ValueText}'");
        }

        var steps = type.Members.OfType<MethodDeclarationSyntax>().Where(m => m.Identifier.ValueText == Step).ToList();
        if (steps.Count != 1)
        {
            problems.Add(
                Descriptors.LossSignature, steps.Count == 0 ? type.Identifier : steps[1].Identifier,
                steps.Count == 0 ? "there is none" : "there is more than one");
            return null;
        }

        var step = steps[0];
        var spec = Read(type, step, partialClass, binding, problems);
        if (binding.HasErrors(step))
        {
            problems.RemoveInside(step.Span);
            problems.Break();
        }

        return problems.IsBroken ? null : spec;
    }

    private static LossClassSpec? Read(
        TypeDeclarationSyntax type, MethodDeclarationSyntax step, PartialClass partialClass, SemanticBinding binding, ProblemList problems)
    {
        if (StepParser.Modifier(step, mayBeStatic: true) is { } modifier)
        {
            problems.Add(Descriptors.LossSignature, step.Identifier, modifier);
            return null;
        }

        var parameters = step.ParameterList.Parameters;
        if (parameters.Count < 2)
        {
            problems.Add(Descriptors.LossSignature, step.Identifier, "it takes outputs and targets");
            return null;
        }

        var plain = parameters.FirstOrDefault(p => p.Modifiers.Count > 0 || p.Default is not null);
        if (plain is not null)
        {
            problems.Add(Descriptors.LossSignature, plain, "a parameter is a type and a name, nothing else");
            return null;
        }

        var types = parameters.Select(p => Target(p.Type!, binding, problems)).Append(Target(step.ReturnType, binding, problems)).ToList();
        if (types.Contains(null))
        {
            return null;
        }

        var body = new StatementParser(binding, problems);
        var results = body.Parse(step);
        return results.Count != 1
            ? null
            : new LossClassSpec(
                partialClass, problems.Place(type.Identifier),
                new(parameters.Select((p, i) => new CarriedSpec(p.Identifier.ValueText, types[i]!, problems.Place(p.Identifier)))),
                body.Statements, results[0], step.Modifiers.Any(SyntaxKind.StaticKeyword));
    }

    private static VectorType? Target(TypeSyntax syntax, SemanticBinding binding, ProblemList problems)
    {
        var reading = binding.Read(syntax);
        if (reading is { Kind: TypeMeaning.Vector, Type: { IsVector: true, Rows.Name: "Target" } })
        {
            return reading.Type;
        }

        if (reading.Kind == TypeMeaning.Broken)
        {
            problems.Break();
        }
        else
        {
            problems.Add(Descriptors.LossSignature, syntax, $"here stands {SyntaxWords.Short(syntax)}");
        }

        return null;
    }
}
