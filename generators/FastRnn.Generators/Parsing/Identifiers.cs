using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Generators.Parsing;

/// <summary>Names on their way from a user's text into emitted text.</summary>
internal static class Identifiers
{
    /// <summary>The name with an <c>@</c> where C# could take it for something else.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>The fully qualified name of a type or namespace without <c>global::</c>, each part escaped. A generic type, which
    /// is never emitted, is told apart by a mark.</summary>
    public static string FullName(INamespaceOrTypeSymbol symbol)
    {
        var outer = (INamespaceOrTypeSymbol?)symbol.ContainingType ?? symbol.ContainingNamespace;
        var name = Escape(symbol.Name) + (symbol is INamedTypeSymbol { Arity: > 0 } generic ? "`" + generic.Arity : "");
        return outer is null or INamespaceSymbol { IsGlobalNamespace: true } ? name : FullName(outer) + "." + name;
    }

    /// <summary>The metadata name with namespace, as attributes and types of the library are recognised.</summary>
    public static string MetadataName(INamedTypeSymbol type)
    {
        var space = type.ContainingNamespace;
        return space is null || space.IsGlobalNamespace || type.ContainingType is not null
            ? type.MetadataName
            : space.ToDisplayString() + "." + type.MetadataName;
    }
}
