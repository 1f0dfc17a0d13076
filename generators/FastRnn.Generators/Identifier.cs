using Microsoft.CodeAnalysis.CSharp;

namespace FastRnn.Generators;

/// <summary>A name on its way from a user's text into emitted text.</summary>
internal static class Identifier
{
    /// <summary>The name with an <c>@</c> where C# could take it for something else.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;
}
