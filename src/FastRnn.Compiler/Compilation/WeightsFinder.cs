using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace FastRnn.Compiler.Compilation;

/// <summary>Takes <c>[Weights]</c> out of a text: numbers that would become data of an assembly that lives for one run are put into the
/// model instead. Blanks stand in its place, so that everything else keeps its line and column.</summary>
internal static class WeightsFinder
{
    /// <summary>The places of the attributes, with the list around them or the comma beside them.</summary>
    public static IReadOnlyList<TextSpan> Find(SyntaxNode root) =>
        root.DescendantNodes(node => node is not AttributeListSyntax).OfType<AttributeListSyntax>().SelectMany(Find).ToList();

    /// <summary>The text without them.</summary>
    public static string Blank(string text, IReadOnlyList<TextSpan> places)
    {
        var characters = text.ToCharArray();
        foreach (var place in places)
        {
            for (var i = place.Start; i < place.End; i++)
                characters[i] = characters[i] is '\n' or '\r' ? characters[i] : ' ';
        }

        return new string(characters);
    }

    private static IEnumerable<TextSpan> Find(AttributeListSyntax list)
    {
        var isWeights = list.Attributes.Select(a => NameOf(a.Name) is "Weights" or "WeightsAttribute").ToList();
        if (isWeights.TrueForAll(w => w))
        {
            yield return list.Span;
            yield break;
        }

        // Each with the comma behind it; the one before the last may stay, as a list may end with one.
        for (var i = 0; i < isWeights.Count; i++)
        {
            if (!isWeights[i])
                continue;
            yield return list.Attributes[i].Span;
            if (i < list.Attributes.SeparatorCount)
                yield return list.Attributes.GetSeparator(i).Span;
        }
    }

    // FastRnn.Weights and global::FastRnn.Weights are the same.
    private static string NameOf(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.Text,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.Text,
        SimpleNameSyntax simple => simple.Identifier.Text,
        _ => "",
    };
}
