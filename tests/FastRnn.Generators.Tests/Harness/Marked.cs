using Microsoft.CodeAnalysis.Text;

namespace FastRnn.Generators.Tests.Harness;

/// <summary>A source in which <c>[|</c> and <c>|]</c> stand around the place where a diagnostic is expected.</summary>
internal sealed record Marked(string Text, TextSpan Span)
{
    public static Marked Parse(string source)
    {
        var start = source.IndexOf("[|", StringComparison.Ordinal);
        var end = source.IndexOf("|]", StringComparison.Ordinal) - 2;
        return new Marked(source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal),
            TextSpan.FromBounds(start, end));
    }
}
