using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.Compiler.Compilation;

/// <summary>The classes of a text that have an attribute, by its name alone: nothing is compiled.</summary>
internal static class ClassFinder
{
    /// <summary>Their full names, in the order of the text.</summary>
    /// <param name="source">C#; what is broken is passed over.</param>
    /// <param name="attribute">Its name without <c>Attribute</c>: <c>Cell</c>.</param>
    public static IReadOnlyList<string> With(string source, string attribute) =>
    [
        .. DeclarationCompiler.Parse(source, "").GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(c => c.AttributeLists.SelectMany(list => list.Attributes).Any(a => Is(a.Name.ToString(), attribute))).Select(FullName),
    ];

    // FastRnn.Cell and global::FastRnn.Cell are the same.
    private static bool Is(string name, string attribute) =>
        name.Split('.', ':')[^1] is var last && (last == attribute || last == attribute + "Attribute");

    private static string FullName(ClassDeclarationSyntax type) =>
        string.Join('.', type.AncestorsAndSelf().Reverse().Select(NameOf).OfType<string>());

    private static string? NameOf(SyntaxNode node) => node switch
    {
        BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
        TypeDeclarationSyntax outer => outer.Identifier.ValueText,
        _ => null,
    };
}
