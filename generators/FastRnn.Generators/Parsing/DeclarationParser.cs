using FastRnn.Generators.Diagnostics;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Generators.Parsing;

/// <summary>What reading a cell, a loss and a model have in common.</summary>
internal static class DeclarationParser
{
    /// <summary>Reads a class unless C# cannot: then it has said so itself, and there is nothing to add. Null if another part of the same
    /// class is the one that is read.</summary>
    public static Parsed<T>? Parse<T>(
        GeneratorAttributeSyntaxContext context, Func<TypeDeclarationSyntax, INamedTypeSymbol, ProblemList, T?> read)
        where T : class
    {
        if (context.TargetNode is not TypeDeclarationSyntax type || context.TargetSymbol is not INamedTypeSymbol symbol
            || !IsFirst(context))
        {
            return null;
        }

        var problems = new ProblemList(type);
        var isReadable = symbol.TypeKind == TypeKind.Class && !HasSyntaxErrors(type);
        var spec = isReadable ? read(type, symbol, problems) : null;
        return new Parsed<T>(
            Identifiers.FullName(symbol), problems.IsBroken ? null : spec, problems.Problems,
            new Anchor(type.SyntaxTree.FilePath, type.SpanStart),
            problems.Problems.Any(p => p.Id == Descriptors.ReservedMember.Id) ? null : ClassShellParser.Parse(type, symbol));
    }

    /// <summary>Whether this is the first of the places where the attribute stands on a class: on a second part C# rejects it.</summary>
    private static bool IsFirst(GeneratorAttributeSyntaxContext context) =>
        context.Attributes[0].AttributeClass is { } marker
        && context.TargetSymbol.GetAttributes()
            .First(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, marker))
            .ApplicationSyntaxReference is { } reference
        && reference.SyntaxTree == context.TargetNode.SyntaxTree
        && context.TargetNode.Span.Contains(reference.Span);

    private static bool HasSyntaxErrors(SyntaxNode node) =>
        node.ContainsDiagnostics && node.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error);
}
