using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace FastRnn.CodeFixes;

/// <summary>Small changes of declarations that keep comments and layout.</summary>
internal static class Declarations
{
    /// <summary>A type with one more modifier, <c>partial</c> as the last one.</summary>
    public static TypeDeclarationSyntax With(this TypeDeclarationSyntax type, SyntaxKind modifier)
    {
        if (type.Modifiers.Any(modifier))
        {
            return type;
        }

        var token = SyntaxFactory.Token(modifier).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count == 0)
        {
            token = token.WithLeadingTrivia(type.Keyword.LeadingTrivia);
            return type.WithKeyword(type.Keyword.WithLeadingTrivia()).WithModifiers([token]);
        }

        var partial = type.Modifiers.IndexOf(SyntaxKind.PartialKeyword);
        if (partial == 0)
        {
            token = token.WithLeadingTrivia(type.Modifiers[0].LeadingTrivia);
            return type.WithModifiers([token, type.Modifiers[0].WithLeadingTrivia(), .. type.Modifiers.Skip(1)]);
        }

        return type.WithModifiers(type.Modifiers.Insert(partial < 0 ? type.Modifiers.Count : partial, token));
    }

    /// <summary>The white space before a node on its line.</summary>
    public static SyntaxTriviaList Indent(SyntaxNode node)
    {
        var trivia = node.GetLeadingTrivia();
        return trivia.Count > 0 && trivia[trivia.Count - 1] is { RawKind: (int)SyntaxKind.WhitespaceTrivia } space
            ? SyntaxFactory.TriviaList(space) : default;
    }

    /// <summary>The end of the line on which a node ends, or a space, if another one follows on it.</summary>
    public static SyntaxTriviaList Ending(SyntaxNode node)
    {
        var trivia = node.GetTrailingTrivia();
        return SyntaxFactory.TriviaList(
            trivia.Count > 0 && trivia[trivia.Count - 1] is { RawKind: (int)SyntaxKind.EndOfLineTrivia } end ? end : SyntaxFactory.Space);
    }

    /// <summary>The name of an attribute as users write it.</summary>
    public static string Short(AttributeSyntax attribute)
    {
        const string Suffix = "Attribute";
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax aliased => aliased.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return name.EndsWith(Suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - Suffix.Length) : name;
    }

    /// <summary>A file without an attribute, and without its list if nothing else is in it.</summary>
    public static SyntaxNode WithoutAttribute(SyntaxNode root, AttributeSyntax attribute)
    {
        if (attribute.Parent is not AttributeListSyntax { Attributes.Count: 1 } list)
        {
            return root.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!;
        }

        // The documentation of a class stands before its first list.
        var first = list.Parent is TypeDeclarationSyntax type && type.AttributeLists[0] == list;
        if (!first)
        {
            return root.RemoveNode(list, SyntaxRemoveOptions.KeepDirectives)!;
        }

        var owner = (TypeDeclarationSyntax)list.Parent!;
        var rest = owner.WithAttributeLists(owner.AttributeLists.RemoveAt(0));
        return root.ReplaceNode(owner, rest.WithLeadingTrivia(list.GetLeadingTrivia()));
    }
}
