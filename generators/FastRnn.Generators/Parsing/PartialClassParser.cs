using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads how a class is declared, and whether another half can be written beside it.</summary>
internal static class PartialClassParser
{
    public static PartialClass Parse(TypeDeclarationSyntax type, INamedTypeSymbol symbol, ProblemList problems)
    {
        Check(type, symbol, problems);
        var outer = Containing(symbol);
        return new PartialClass(
            symbol.ContainingNamespace.IsGlobalNamespace ? "" : Identifiers.FullName(symbol.ContainingNamespace),
            Identifier.Escape(symbol.Name),
            symbol.Name,
            new(outer.Select(Declaration)),
            new(outer.Select(o => Identifier.Escape(o.Name))),
            SyntaxFacts.GetText(symbol.DeclaredAccessibility),
            outer.Append(symbol).All(IsVisible));
    }

    private static void Check(TypeDeclarationSyntax type, INamedTypeSymbol symbol, ProblemList problems)
    {
        var isPartial = type.Modifiers.Any(SyntaxKind.PartialKeyword);
        if (!isPartial)
        {
            problems.Add(Descriptors.NotPartial, type.Identifier, symbol.Name);
        }

        var kind = symbol.IsRecord ? "a record"
            : symbol.IsStatic ? "a static class"
            : symbol.IsAbstract ? "an abstract class"
            : symbol.IsSealed || !isPartial ? null : "a class that others can derive from";
        if (kind is not null)
        {
            problems.Add(Descriptors.NotSealed, type.Identifier, symbol.Name, kind);
        }

        if (type.TypeParameterList is { } parameters)
        {
            problems.Add(Descriptors.Generic, parameters, symbol.Name);
        }

        if (Obstacle(symbol) is { } obstacle)
        {
            problems.Add(Descriptors.Nesting, type.Identifier, symbol.Name, obstacle);
        }

        switch (symbol.BaseType)
        {
            case IErrorTypeSymbol:
                problems.Break();
                break;
            case { SpecialType: not SpecialType.System_Object } baseType:
                problems.Add(Descriptors.BaseClass, (SyntaxNode?)type.BaseList ?? type, symbol.Name, baseType.Name);
                break;
        }
    }

    private static string? Obstacle(INamedTypeSymbol symbol)
    {
        foreach (var outer in Containing(symbol))
        {
            if (outer.Arity > 0)
            {
                return $"the type '{outer.Name}' around it is generic";
            }

            if (!outer.DeclaringSyntaxReferences.All(
                r => r.GetSyntax() is TypeDeclarationSyntax part && part.Modifiers.Any(SyntaxKind.PartialKeyword)))
            {
                return $"the type '{outer.Name}' around it is not partial";
            }
        }

        return Containing(symbol).Append(symbol).Any(s => s.IsFileLocal) ? "a file-local type lives in one file" : null;
    }

    private static List<INamedTypeSymbol> Containing(INamedTypeSymbol symbol)
    {
        var types = new List<INamedTypeSymbol>();
        for (var outer = symbol.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            types.Insert(0, outer);
        }

        return types;
    }

    private static bool IsVisible(INamedTypeSymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal;

    private static string Declaration(INamedTypeSymbol symbol)
    {
        var kind = symbol switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
            { TypeKind: TypeKind.Struct } => "struct",
            { IsRecord: true } => "record",
            _ => "class",
        };
        return $"partial {kind} {Identifier.Escape(symbol.Name)}";
    }
}
