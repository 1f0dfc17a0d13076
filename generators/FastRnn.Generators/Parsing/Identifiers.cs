using Microsoft.CodeAnalysis;

namespace FastRnn.Generators.Parsing;

/// <summary>Names of symbols.</summary>
internal static class Identifiers
{
    /// <summary>The fully qualified name of a type or namespace without <c>global::</c>, each part escaped. A generic type, which
    /// is never emitted, is told apart by a mark.</summary>
    public static string FullName(INamespaceOrTypeSymbol symbol)
    {
        var outer = (INamespaceOrTypeSymbol?)symbol.ContainingType ?? symbol.ContainingNamespace;
        var name = Identifier.Escape(symbol.Name) + (symbol is INamedTypeSymbol { Arity: > 0 } generic ? "`" + generic.Arity : "");
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
