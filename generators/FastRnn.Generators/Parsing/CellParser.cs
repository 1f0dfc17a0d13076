using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads a class marked with the attribute Cell.</summary>
internal static class CellParser
{
    /// <summary>Null if another part of the same class is the one that is read.</summary>
    public static Parsed<CellSpec>? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        return DeclarationParser.Parse(context, (type, symbol, problems) =>
        {
            var binding = new SemanticBinding(context.SemanticModel, symbol, cancellation);
            var partialClass = PartialClassParser.Parse(type, symbol, problems);
            if (AttributeReading.Has(symbol, "FastRnn.LossAttribute"))
            {
                // The loss says what is wrong.
                problems.Break();
                return null;
            }

            if (AttributeReading.Has(symbol, "FastRnn.ModelAttribute"))
            {
                // The model says what is wrong.
                problems.Break();
            }

            if (symbol.DeclaringSyntaxReferences.Length > 1)
            {
                problems.Add(Descriptors.SeveralParts, type.Identifier, symbol.Name, "the order of its fields is that of its parameters");
            }

            return Body(type, partialClass, binding, problems);
        });
    }

    /// <summary>The body of a cell, whichever binding says what its names mean.</summary>
    public static CellSpec? Body(TypeDeclarationSyntax type, PartialClass partialClass, ICellBinding binding, ProblemList problems)
    {
        var constructor = type.Members.OfType<ConstructorDeclarationSyntax>()
            .FirstOrDefault(c => !c.Modifiers.Any(SyntaxKind.StaticKeyword));
        if (((SyntaxNode?)type.ParameterList ?? constructor) is { } written)
        {
            problems.Add(Descriptors.Constructor, written, partialClass.PlainName);
        }

        var fields = new FieldParser(binding, problems).Parse(type);
        var step = new StepParser(binding, problems).Parse(type);
        if (binding.Tensors(type) is not { } tensors)
        {
            problems.Break();
            return null;
        }

        return step is null || problems.IsBroken
            ? null
            : new CellSpec(
                partialClass, problems.Place(type.Identifier), fields,
                new(tensors.Select(t => new StoredTensorSpec(t.Name, new(t.Parts), problems.Place(t.Attribute)))), step);
    }
}
