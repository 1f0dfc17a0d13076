using FastRnn.Kernels;

namespace FastRnn.Inference;

/// <summary>The beginnings that a prefix beam search follows, in a tree: each is the one before it and a label.</summary>
internal sealed class CtcSearch
{
    private readonly int width;
    private readonly List<(int Parent, int Label)> tree = [(-1, 0)];
    private readonly Dictionary<(int Parent, int Label), int> children = [];
    private readonly Dictionary<int, int> places = [];
    private List<Beginning> followed = [new(0, 0, double.NegativeInfinity)];
    private List<Beginning> next = [];

    /// <summary>Begins with no label.</summary>
    /// <param name="width">How many are followed.</param>
    public CtcSearch(int width) => this.width = width;

    /// <summary>Goes on by a step.</summary>
    /// <param name="logs">The logarithms of the probabilities of all classes.</param>
    public void Step(ReadOnlySpan<double> logs)
    {
        places.Clear();
        next.Clear();
        foreach (var beginning in followed)
        {
            var last = tree[beginning.Node].Label;
            Add(beginning.Node, beginning.Log + logs[0], double.NegativeInfinity);
            if (last != 0)
            {
                Add(beginning.Node, double.NegativeInfinity, beginning.Label + logs[last]);
            }

            for (var label = 1; label < logs.Length; label++)
            {
                // The same label once more wants a blank between them.
                var from = label == last ? beginning.Blank : beginning.Log;
                if (!double.IsNegativeInfinity(from))
                {
                    Add(Child(beginning.Node, label), double.NegativeInfinity, from + logs[label]);
                }
            }
        }

        next.Sort();
        if (next.Count > width)
        {
            next.RemoveRange(width, next.Count - width);
        }

        (followed, next) = (next, followed);
    }

    /// <summary>The most probable one.</summary>
    /// <returns>The number of its labels.</returns>
    public int Best(Span<int> labels, out double log)
    {
        log = followed[0].Log;
        var count = 0;
        for (var node = followed[0].Node; tree[node].Parent >= 0; node = tree[node].Parent)
        {
            labels[count++] = tree[node].Label;
        }

        labels[..count].Reverse();
        return count;
    }

    private int Child(int parent, int label)
    {
        if (!children.TryGetValue((parent, label), out var child))
        {
            child = tree.Count;
            tree.Add((parent, label));
            children.Add((parent, label), child);
        }

        return child;
    }

    private void Add(int node, double blank, double label)
    {
        if (!places.TryGetValue(node, out var place))
        {
            places.Add(node, next.Count);
            next.Add(new Beginning(node, blank, label));
            return;
        }

        var there = next[place];
        next[place] = new Beginning(node, DoubleMath.LogSum(there.Blank, blank), DoubleMath.LogSum(there.Label, label));
    }

    /// <summary>A beginning and the logarithms of the probabilities of the ways that end with a blank and with its last label.</summary>
    private readonly record struct Beginning(int Node, double Blank, double Label) : IComparable<Beginning>
    {
        public double Log => DoubleMath.LogSum(Blank, Label);

        /// <summary>The more probable one first, of equal ones that which is in the tree for longer.</summary>
        public int CompareTo(Beginning other) =>
            other.Log.CompareTo(Log) is var order && order != 0 ? order : Node.CompareTo(other.Node);
    }
}
