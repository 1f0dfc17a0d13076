using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Attributes as the compiler understood them, with the places where they were written.</summary>
internal static class AttributeReading
{
    /// <summary>The attributes of the library on one part of a class, in the order of the source. Those that C# does not know are left
    /// out.</summary>
    public static IEnumerable<(AttributeData Data, AttributeSyntax Syntax)> InSourceOrder(
        INamedTypeSymbol symbol, TypeDeclarationSyntax part, CancellationToken cancellation)
    {
        var found = new List<(AttributeData Data, AttributeSyntax Syntax)>();
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type is not IErrorTypeSymbol && IsOurs(type)
                && attribute.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == part.SyntaxTree
                && part.Span.Contains(reference.Span)
                && reference.GetSyntax(cancellation) is AttributeSyntax syntax && syntax.Parent?.Parent == part)
            {
                found.Add((attribute, syntax));
            }
        }

        return found.OrderBy(pair => pair.Syntax.SpanStart);
    }

    /// <summary>An attribute of the library that stands on another part of the class, if there is one.</summary>
    public static string? OnAnotherPart(INamedTypeSymbol symbol, TypeDeclarationSyntax part)
    {
        var other = symbol.GetAttributes().FirstOrDefault(attribute =>
            attribute.AttributeClass is { } type && IsOurs(type)
            && attribute.ApplicationSyntaxReference is { } reference
            && (reference.SyntaxTree != part.SyntaxTree || !part.Span.Contains(reference.Span)));
        return other is null ? null : ShortName(other.AttributeClass!);
    }

    /// <summary>Whether an attribute of this full name is on a class.</summary>
    public static bool Has(INamedTypeSymbol symbol, string fullName) =>
        symbol.GetAttributes().Any(a => a.AttributeClass is { } type && Identifiers.MetadataName(type) == fullName);

    /// <summary>The name as users write it.</summary>
    public static string ShortName(INamedTypeSymbol attribute)
    {
        const string Suffix = "Attribute";
        var name = attribute.Name;
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    /// <summary>A constant of one of the runtime's enums, which are the generator's as well. It may be none of the members: users can
    /// write any number.</summary>
    public static TEnum Member<TEnum>(TypedConstant constant)
        where TEnum : struct, Enum => (TEnum)Enum.ToObject(typeof(TEnum), constant.Value ?? 0);

    private static bool IsOurs(INamedTypeSymbol type) =>
        type.ContainingType is null && type.ContainingNamespace is { Name: "FastRnn", ContainingNamespace.IsGlobalNamespace: true };
}
