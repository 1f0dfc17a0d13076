using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads the learned parameters of a cell.</summary>
internal sealed class FieldParser(ICellBinding binding, ProblemList problems)
{
    public EquatableArray<FieldSpec> Parse(TypeDeclarationSyntax type)
    {
        foreach (var property in type.Members.OfType<PropertyDeclarationSyntax>().Where(IsField))
        {
            problems.Add(Descriptors.Field, property.Identifier, property.Identifier.ValueText, "it is a property");
        }

        var fields = type.Members.OfType<FieldDeclarationSyntax>().SelectMany(Fields).ToList();
        if (fields.Select(f => f.Name).Distinct().Count() != fields.Count)
        {
            // C# says so itself.
            problems.Break();
        }

        return new EquatableArray<FieldSpec>(fields);
    }

    // A property that stores a vector was meant to be a parameter. One that computes something is no business of ours.
    private bool IsField(PropertyDeclarationSyntax property) =>
        !property.Modifiers.Any(SyntaxKind.StaticKeyword) && property.AccessorList is { } list
        && list.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null)
        && binding.Read(property.Type).Kind == TypeMeaning.Vector;

    private IEnumerable<FieldSpec> Fields(FieldDeclarationSyntax field)
    {
        var reading = binding.Read(field.Declaration.Type);
        var name = field.Declaration.Variables[0].Identifier.ValueText;
        if (reading.Kind == TypeMeaning.Broken)
        {
            problems.Break();
            return [];
        }

        if (reading.Kind == TypeMeaning.Number && field.Modifiers.Any(SyntaxKind.ConstKeyword))
        {
            // A number with a name: equations say the name, and read the number.
            return [];
        }

        if (reading.Kind != TypeMeaning.Vector)
        {
            problems.Add(
                Descriptors.Field, field.Declaration.Type, name,
                reading.Kind == TypeMeaning.Number ? "it is not const" : $"its type is {SyntaxWords.Short(field.Declaration.Type)}");
            return [];
        }

        var modifier = field.Modifiers.FirstOrDefault(m => m.Kind() is
            SyntaxKind.StaticKeyword or SyntaxKind.ConstKeyword or SyntaxKind.RequiredKeyword or SyntaxKind.VolatileKeyword);
        if (!modifier.IsKind(SyntaxKind.None))
        {
            problems.Add(Descriptors.Field, modifier, name, $"it must not be {modifier.ValueText}");
            return [];
        }

        if (binding.Initializer(field) is not { } initializer)
        {
            problems.Break();
            return [];
        }

        return field.Declaration.Variables.Select(variable => new FieldSpec(
            variable.Identifier.ValueText, reading.Type!, initializer.Kind, initializer.Value, problems.Place(variable.Identifier)));
    }
}
