namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>A view of what a source puts out: each of its dimensions is some dimensions of the source merged, row-major, with the elements
/// that were picked of them. So a transposition, a reshape or a slice is exact: it says which number of the source stands where.</summary>
/// <param name="source">The source.</param>
/// <param name="axes">The dimensions. One without atoms has size 1.</param>
/// <param name="taken">Dimensions of the source of which one element was taken: step -1, direction 0.</param>
internal sealed class Symbol(SymbolSource source, IReadOnlyList<IReadOnlyList<Atom>> axes, IReadOnlyList<Atom> taken) : Value
{
    private const int MostDimensions = 16;

    public SymbolSource Source { get; } = source;

    public IReadOnlyList<IReadOnlyList<Atom>> Axes { get; } = axes.Count <= MostDimensions
        ? axes
        : throw new ForeignFileException($"expected at most {MostDimensions} dimensions, got {axes.Count}");

    public IReadOnlyList<Atom> Taken { get; } = taken;

    public int Rank => Axes.Count;

    public int[] Shape { get; } = [.. axes.Select(a => a.Aggregate(1, (size, atom) => checked(size * atom.Size)))];

    public string ShapeText() => $"[{string.Join(", ", Shape)}]";

    /// <summary>The same view of another source.</summary>
    public Symbol Of(SymbolSource other) => new(other, Axes, Taken);

    /// <summary>With another dimension in the place of one.</summary>
    public Symbol WithAxis(int axis, IReadOnlyList<Atom> atoms) => new(Source, [.. Axes.Select((a, i) => i == axis ? atoms : a)], Taken);

    /// <summary>With another list of what was taken.</summary>
    public Symbol WithTaken(IEnumerable<Atom> atoms) => new(Source, Axes, [.. atoms]);

    /// <summary>A view of the whole source.</summary>
    public static Symbol Whole(SymbolSource source, params IEnumerable<AxisTag> tags) =>
        new(source, [.. tags.Select(t => new[] { new Atom(t) })], []);
}
