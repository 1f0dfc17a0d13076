using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads a class marked with the attribute Model.</summary>
internal static class ModelParser
{
    private static readonly HashSet<string> Written =
    [
        "Info", "Load", "Save", "Width", "Parameters", "Parameter", "Edit", "Dispose",
        "CreateSession", "CreatePredictor", "CreateGenerator", "CreateTrainer", "CreateEvaluator", "fastRnnStore", "fastRnnForward",
        "fastRnnBackward",
    ];

    /// <summary>Null if another part of the same class is the one that is read.</summary>
    public static Parsed<ModelSpec>? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        return DeclarationParser.Parse(context, (type, symbol, problems) =>
        {
            var partialClass = PartialClassParser.Parse(type, symbol, problems);
            if (AttributeReading.OnAnotherPart(symbol, type) is { } stray)
            {
                problems.Add(Descriptors.SeveralParts, type.Identifier, symbol.Name, $"[{stray}] stands on another one");
            }

            if (context.SemanticModel.Compilation.Options is CSharpCompilationOptions { AllowUnsafe: false })
            {
                problems.Add(Descriptors.UnsafeCode, type.Identifier, symbol.Name);
            }

            Reserved(symbol, type, problems);
            var reader = new AttributeParser(symbol.ContainingAssembly, problems);
            var items = new List<AttributeSpec>();
            foreach (var (attribute, syntax) in AttributeReading.InSourceOrder(symbol, type, cancellation))
            {
                if (AttributeReading.ShortName(attribute.AttributeClass!) == "Cell")
                {
                    problems.Add(Descriptors.CellAndModel, type.Identifier, symbol.Name);
                }
                else if (attribute.AttributeClass is { Name: "LossAttribute", Arity: 0 })
                {
                    // The loss says what is wrong.
                    problems.Break();
                }
                else if (reader.Parse(attribute, syntax) is { } item)
                {
                    items.Add(item);
                }
            }

            // An attribute that C# does not know was left out: what remains is not what the user meant.
            if (symbol.GetAttributes().Any(a => a.AttributeClass is null or IErrorTypeSymbol))
            {
                problems.Break();
            }

            return new ModelSpec(partialClass, problems.Place(type.Identifier), new(items));
        });
    }

    /// <summary>Members that the other half of the class declares; a class cannot bear the name of a member of its own either.</summary>
    private static void Reserved(INamedTypeSymbol symbol, TypeDeclarationSyntax type, ProblemList problems)
    {
        if (Written.Contains(symbol.Name))
        {
            problems.Add(Descriptors.ReservedMember, type.Identifier, symbol.Name, $"a member named '{symbol.Name}', its own name");
        }

        if (type.ParameterList is { } parameters)
        {
            problems.Add(Descriptors.ReservedMember, parameters, symbol.Name, "a constructor");
        }

        foreach (var member in type.Members)
        {
            var (name, what) = member switch
            {
                ConstructorDeclarationSyntax constructor when !constructor.Modifiers.Any(SyntaxKind.StaticKeyword) => ("", "a constructor"),
                MethodDeclarationSyntax method => (method.Identifier.ValueText, "a method of this name"),
                PropertyDeclarationSyntax property => (property.Identifier.ValueText, "a property of this name"),
                BaseTypeDeclarationSyntax nested => (nested.Identifier.ValueText, "a type of this name"),
                DelegateDeclarationSyntax nested => (nested.Identifier.ValueText, "a type of this name"),
                EventDeclarationSyntax @event => (@event.Identifier.ValueText, "an event of this name"),
                BaseFieldDeclarationSyntax field => (
                    field.Declaration.Variables.Select(v => v.Identifier.ValueText).FirstOrDefault(Written.Contains) ?? "other",
                    "a field of this name"),
                _ => ("other", ""),
            };
            if (name.Length == 0 || Written.Contains(name))
            {
                problems.Add(Descriptors.ReservedMember, member, symbol.Name, what);
            }
        }
    }
}
