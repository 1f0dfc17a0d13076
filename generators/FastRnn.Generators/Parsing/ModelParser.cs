using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads a class marked with the attribute Model.</summary>
internal static class ModelParser
{
    /// <summary>Null if another part of the same class is the one that is read.</summary>
    public static Parsed<ModelSpec>? Parse(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        if (context.TargetNode is not TypeDeclarationSyntax type || context.TargetSymbol is not INamedTypeSymbol symbol
            || !DeclarationParser.IsFirst(context))
        {
            return null;
        }

        return DeclarationParser.Parse(type, symbol, problems =>
        {
            var shell = ShellParser.Parse(type, symbol, problems);
            if (AttributeReading.OnAnotherPart(symbol, type) is { } stray)
            {
                problems.Add(Descriptors.SeveralParts, type.Identifier, symbol.Name, $"[{stray}] stands on another one");
            }

            if (context.SemanticModel.Compilation.Options is CSharpCompilationOptions { AllowUnsafe: false })
            {
                problems.Add(Descriptors.UnsafeCode, type.Identifier, symbol.Name);
            }

            var reader = new ItemParser(symbol.ContainingAssembly, problems);
            var items = new List<ItemSpec>();
            foreach (var (attribute, syntax) in AttributeReading.InSourceOrder(symbol, type, cancellation))
            {
                if (AttributeReading.ShortName(attribute.AttributeClass!) == "Cell")
                {
                    problems.Add(Descriptors.CellAndModel, type.Identifier, symbol.Name);
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

            return new ModelSpec(shell, problems.Place(type.Identifier), new(items));
        });
    }
}
