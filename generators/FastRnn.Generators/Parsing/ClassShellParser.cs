using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>Reads what can be written beside a class that is refused.</summary>
internal static class ClassShellParser
{
    /// <summary>The shell of a class; null if there cannot be another half of it, or if it declares itself what that half would. A class
    /// that is not partial has one too: C# takes both halves together and says, where we say it, that the first should be partial. That is
    /// less than all that would be missing.</summary>
    public static ClassShell? Parse(TypeDeclarationSyntax type, INamedTypeSymbol symbol)
    {
        var problems = new ProblemList(type);
        var declaration = PartialClassParser.Parse(type, symbol, problems);
        var isPlain = symbol is { TypeKind: TypeKind.Class, IsRecord: false, IsStatic: false, IsAbstract: false }
            && symbol.Name.Length > 0 && symbol.BaseType?.SpecialType == SpecialType.System_Object
            && problems.Problems.All(p => p.Id == Descriptors.NotSealed.Id || p.Id == Descriptors.NotPartial.Id)
            && symbol.InstanceConstructors.All(c => c.IsImplicitlyDeclared);
        return isPlain
            ? new ClassShell(
                Identifiers.FullName(symbol), declaration, new(Unset(type, symbol)),
                AttributeReading.Has(symbol, "FastRnn.EmbeddingAttribute") || AttributeReading.Has(symbol, "FastRnn.OneHotAttribute"))
            : null;
    }

    // What is declared twice is ambiguous.
    private static IEnumerable<string> Unset(TypeDeclarationSyntax type, INamedTypeSymbol symbol) => type.Members
        .OfType<FieldDeclarationSyntax>()
        .Where(f => !f.Modifiers.Any(SyntaxKind.StaticKeyword) && !f.Modifiers.Any(SyntaxKind.ConstKeyword))
        .SelectMany(f => f.Declaration.Variables)
        .Where(v => v.Initializer is null && v.Identifier.ValueText.Length > 0)
        .Select(v => v.Identifier.ValueText)
        .Where(name => symbol.GetMembers(name).Length == 1);
}
