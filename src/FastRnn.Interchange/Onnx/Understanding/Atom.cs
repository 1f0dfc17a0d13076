using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>A dimension of a source inside of a view of it: all of it, or some of its elements in some order.</summary>
/// <param name="Tag">The dimension.</param>
/// <param name="Picks">Which elements; null for all in order.</param>
internal sealed record Atom(AxisTag Tag, int[]? Picks = null)
{
    public int Size => Picks?.Length ?? Tag.Size;

    public bool IsWhole => Picks is null;

    /// <summary>Whether its elements are all there, from the last to the first.</summary>
    public bool IsReversed => Picks is not null && Picks.Length == Tag.Size && !Picks.Where((p, i) => p != Tag.Size - 1 - i).Any();

    public Axis? Role => Tag.Role;

    /// <summary>The element of the source that stands at a place.</summary>
    public int At(int index) => Picks is null ? index : Picks[index];

    /// <summary>Some of its elements.</summary>
    public Atom Pick(int[] which)
    {
        var picks = Array.ConvertAll(which, At);
        return picks.Length == Tag.Size && !picks.Where((p, i) => p != i).Any() ? new Atom(Tag) : new Atom(Tag, picks);
    }

    /// <summary>Whether it is the same elements of the same dimension.</summary>
    public bool Matches(Atom other) => ReferenceEquals(Tag, other.Tag)
        && (Picks is null ? other.Picks is null : other.Picks is not null && Picks.AsSpan().SequenceEqual(other.Picks));

    /// <summary>Whether two lists of atoms are the same elements, dimensions of size 1 left aside.</summary>
    public static bool Match(IEnumerable<Atom> left, IEnumerable<Atom> right)
    {
        var (a, b) = (left.Where(x => x.Tag.Size > 1).ToList(), right.Where(x => x.Tag.Size > 1).ToList());
        return a.Count == b.Count && !a.Where((x, i) => !x.Matches(b[i])).Any();
    }
}
