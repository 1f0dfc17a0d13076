using FastRnn.Generators.Analysis;

namespace FastRnn.Generators.Differentiation;

/// <summary>Adds computed nodes to a graph; the same operation on the same operands is the same node.</summary>
internal sealed class GraphBuilder
{
    private readonly Dictionary<(Operation, int, int, double), int> known = [];

    public GraphBuilder(IEnumerable<Node> forward)
    {
        foreach (var node in forward)
        {
            known[(node.Operation, node.A, node.B, node.Value)] = Nodes.Count;
            Nodes.Add(node);
            Origins.Add(-1);
        }
    }

    public List<Node> Nodes { get; } = [];

    public List<int> Origins { get; } = [];

    /// <summary>The forward node whose derivative is being written.</summary>
    public int Origin { get; set; } = -1;

    public int Constant(double value) => Push(new Node(Operation.Constant, "", Value: value));

    public int Leaf(Operation operation, string dimension, int index) => Push(new Node(operation, dimension, A: index));

    public int Unary(Operation operation, int a) =>
        operation == Operation.Negate && Nodes[a].Operation == Operation.Negate
            ? Nodes[a].A
            : Push(new Node(operation, Nodes[a].Dimension, A: a));

    public int Add(int a, int b) => Binary(Operation.Add, a, b);

    public int Subtract(int a, int b) => Binary(Operation.Subtract, a, b);

    public int Multiply(int a, int b) => Binary(Operation.Multiply, a, b);

    public int Divide(int a, int b) => Binary(Operation.Divide, a, b);

    private int Binary(Operation operation, int a, int b) =>
        Push(new Node(operation, Nodes[a].Dimension.Length > 0 ? Nodes[a].Dimension : Nodes[b].Dimension, A: a, B: b));

    private int Push(Node node)
    {
        var key = (node.Operation, node.A, node.B, node.Value);
        if (known.TryGetValue(key, out var same))
        {
            return same;
        }

        Nodes.Add(node);
        Origins.Add(Origin);
        return known[key] = Nodes.Count - 1;
    }
}
