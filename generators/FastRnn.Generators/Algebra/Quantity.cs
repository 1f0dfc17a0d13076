namespace FastRnn.Generators.Algebra;

/// <summary>A node as a formula sees it: arithmetic with it writes more nodes of its graph.</summary>
internal readonly struct Quantity(GraphBuilder graph, int node)
{
    public int Node => node;

    public static Quantity operator +(Quantity a, Quantity b) => a.With(Operation.Add, b);

    public static Quantity operator +(Quantity a, double b) => a + a.Number(b);

    public static Quantity operator +(double a, Quantity b) => b.Number(a) + b;

    public static Quantity operator -(Quantity a, Quantity b) => a.With(Operation.Subtract, b);

    public static Quantity operator -(double a, Quantity b) => b.Number(a) - b;

    public static Quantity operator -(Quantity a) => a.Negated();

    public static Quantity operator *(Quantity a, Quantity b) => a.With(Operation.Multiply, b);

    public static Quantity operator *(Quantity a, double b) => a * a.Number(b);

    public static Quantity operator *(double a, Quantity b) => b.Number(a) * b;

    public static Quantity operator /(Quantity a, Quantity b) => a.With(Operation.Divide, b);

    /// <summary>A function of it.</summary>
    public Quantity Of(Operation function) => new(graph, graph.Unary(function, node));

    private Quantity With(Operation operation, Quantity other) => new(graph, graph.Binary(operation, node, other.Node));

    private Quantity Number(double value) => new(graph, graph.Constant(value));

    private Quantity Negated() => graph[node].Operation == Operation.Negate ? new(graph, graph[node].A) : Of(Operation.Negate);
}
