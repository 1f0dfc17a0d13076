namespace FastRnn.Generators.Scheduling;

/// <summary>Gives vectors their places in a row of the tape or of dPre. Every vector begins on a whole 64 bytes.</summary>
internal sealed class RowLayout
{
    /// <summary>Floats of a number that is repeated for a vector of any width.</summary>
    public const int LineFloats = 16;

    private const int Unit = 16;

    private readonly Dictionary<int, int> offsets = [];
    private readonly HashSet<(int Offset, int Size)> vectors = [];

    public int Stride { get; private set; }

    public int this[int node] => offsets[node];

    public static int Pad(int size) => (size + Unit - 1) / Unit * Unit;

    public bool Contains(int node) => offsets.ContainsKey(node);

    /// <summary>Whether each of its vectors stands where the other layout has one of the same length.</summary>
    public bool IsPartOf(RowLayout other) => vectors.IsSubsetOf(other.vectors);

    public int Add(int node, int size)
    {
        offsets.Add(node, Stride);
        vectors.Add((Stride, Pad(size)));
        Stride += Pad(size);
        return offsets[node];
    }
}
