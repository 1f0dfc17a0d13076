namespace FastRnn.Generators.Algebra;

/// <summary>Grows a graph in which nothing is computed twice: the same operation on the same operands is the same node.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Node> nodes = [];
    private readonly Dictionary<(Operation, int, int, long), int> known = [];

    public GraphBuilder()
    {
    }

    /// <summary>Goes on with a graph, whose nodes stay what they are.</summary>
    public GraphBuilder(IEnumerable<Node> begun)
    {
        foreach (var node in begun)
        {
            known[Key(node.Operation, node.A, node.B, node.Value)] = nodes.Count;
            nodes.Add(node);
        }
    }

    public int Count => nodes.Count;

    public IReadOnlyList<Node> Nodes => nodes;

    public Node this[int node] => nodes[node];

    public int Constant(double value) => Add(Operation.Constant, "", value: value);

    /// <summary>An operation on one vector.</summary>
    public int Unary(Operation operation, int a)
    {
        var dimension = nodes[a].Dimension;
        if (operation is Operation.Sum or Operation.Mean && nodes[a].Operation == Operation.Parameter)
        {
            // A parameter is packed for tiles of units. A product with 1 stands in a row, where it can be summed.
            a = Add(Operation.Multiply, dimension, a, Constant(1));
        }

        return Add(operation, dimension, a);
    }

    /// <summary>An operation on two vectors of one dimension, or on one and a constant.</summary>
    public int Binary(Operation operation, int a, int b) =>
        Add(operation, nodes[a].Dimension.Length > 0 ? nodes[a].Dimension : nodes[b].Dimension, a, b);

    public int Add(Operation operation, string dimension, int a = -1, int b = -1, double value = 0, string name = "")
    {
        var key = Key(operation, a, b, value);
        if (!known.TryGetValue(key, out var index))
        {
            index = nodes.Count;
            nodes.Add(new Node(operation, dimension, name, a, b, value));
            known.Add(key, index);
        }

        return index;
    }

    /// <summary>Gives a computed value the name of the first variable that holds it; leaves keep their own.</summary>
    public void Name(int node, string name)
    {
        if (nodes[node].Name.Length == 0 && nodes[node].Operation != Operation.Constant)
        {
            nodes[node] = nodes[node] with { Name = name };
        }
    }

    /// <summary>The nodes on which some roots depend, in order.</summary>
    /// <param name="roots">What is wanted.</param>
    /// <param name="places">For each node its new index; -1 for those that are gone.</param>
    public EquatableArray<Node> Live(IEnumerable<int> roots, out int[] places)
    {
        var live = new bool[nodes.Count];
        foreach (var root in roots)
        {
            live[root] = true;
        }

        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            var node = nodes[i];
            if (!live[i])
            {
                continue;
            }

            if (node.HasOperand)
            {
                live[node.A] = true;
            }

            if (node.B >= 0)
            {
                live[node.B] = true;
            }
        }

        return Renumber(live, out places);
    }

    // By its bits: 0 and -0 are different constants.
    private static (Operation, int, int, long) Key(Operation operation, int a, int b, double value) =>
        (operation, a, b, BitConverter.DoubleToInt64Bits(value));

    private EquatableArray<Node> Renumber(bool[] live, out int[] places)
    {
        places = new int[nodes.Count];
        var kept = new List<Node>();
        for (var i = 0; i < nodes.Count; i++)
        {
            places[i] = live[i] ? kept.Count : -1;
            if (live[i])
            {
                var node = nodes[i];
                kept.Add(node with
                {
                    A = node.HasOperand ? places[node.A] : node.A,
                    B = node.B >= 0 ? places[node.B] : -1,
                });
            }
        }

        return new EquatableArray<Node>(kept);
    }
}
