using FastRnn.Generators.Algebra;

namespace FastRnn.Generators.Scheduling;

/// <summary>Writes the statements of an epilogue on demand: asking for a node's value writes what it takes, once.</summary>
/// <param name="nodes">The graph.</param>
/// <param name="source">For a node that this kernel does not compute: where its value comes from; null if it is computed here.</param>
/// <param name="uses">How often each node's value is asked for in this kernel.</param>
/// <param name="flushed">Whether a node's value is flushed to zero where it is tiny.</param>
/// <param name="names">Names that are taken.</param>
internal sealed class EpilogueBuilder(
    IReadOnlyList<Node> nodes, Func<int, Expression?> source, int[] uses, Func<int, bool> flushed, NameTable names)
{
    private readonly Dictionary<int, Expression> values = [];

    public List<Statement> Statements { get; } = [];

    /// <summary>Runs <paramref name="write"/> under a comment, and drops the comment if nothing was written.</summary>
    public void Under(string comment, Action write)
    {
        Statements.Add(new Statement.Comment(comment));
        var before = Statements.Count;
        write();
        if (Statements.Count == before)
        {
            Statements.RemoveAt(before - 1);
        }
    }

    public void Store(Slot slot, Expression value, StoreCondition condition = StoreCondition.Always) =>
        Statements.Add(new Statement.Store(slot, value, condition));

    public Expression Value(int index)
    {
        if (values.TryGetValue(index, out var known))
        {
            return known;
        }

        var node = nodes[index];
        var value = source(index) ?? Compute(node);
        if (flushed(index))
        {
            value = new Expression.Apply(Operation.Flush, value, null);
        }

        var inline = value is Expression.Number or Expression.Variable or Expression.Sum
            || (node.Name.Length == 0 && uses[index] <= 1);
        return values[index] = inline ? value : Let(NameFor(node), value);
    }

    public Expression Let(string name, Expression value)
    {
        var unique = names.Unique(name);
        Statements.Add(new Statement.Let(unique, value));
        return new Expression.Variable(unique);
    }

    /// <summary>A value that several others ask for is named after what it is: <c>tanh_c</c>, <c>o_do</c>.</summary>
    private string NameFor(Node node)
    {
        if (node.Name.Length > 0)
        {
            return ValueName(node);
        }

        if (!node.HasOperand)
        {
            return "handedBack";
        }

        var operation = node.Operation.ToString();
        var words = char.ToLowerInvariant(operation[0]) + operation.Substring(1);
        return node.IsBinary
            ? string.Join(
                "_", new[] { node.Operation == Operation.Multiply ? "" : words, Word(node.A), Word(node.B) }.Where(w => w.Length > 0))
            : words + "_" + Word(node.A);
    }

    private string Word(int index) => nodes[index] switch
    {
        { Operation: Operation.Constant } => "number",
        { Name.Length: > 0 } node => ValueName(node),
        _ => values.TryGetValue(index, out var value) && value is Expression.Variable variable ? variable.Name.TrimStart('@') : "part",
    };

    private static string ValueName(Node node) => node.Operation switch
    {
        Operation.State => node.Name + "Prev",
        Operation.Accumulate => "pre_" + node.Name,
        _ => node.Name,
    };

    private Expression Compute(Node node)
    {
        if (node.Operation is Operation.Add or Operation.Subtract)
        {
            return Sum(node);
        }

        var a = Value(node.A);
        return new Expression.Apply(node.Operation, a, node.IsBinary ? Value(node.B) : null);
    }

    /// <summary>A product that nothing else needs is fused into the sum: one rounding fewer, and the same one everywhere.</summary>
    private Expression Sum(Node node)
    {
        var subtract = node.Operation == Operation.Subtract;
        if (IsFusable(node.A))
        {
            var product = nodes[node.A];
            return new Expression.FusedMultiplyAdd(
                Value(product.A), Value(product.B), Value(node.B), NegateProduct: false, NegateAddend: subtract);
        }

        if (IsFusable(node.B))
        {
            var addend = Value(node.A);
            var product = nodes[node.B];
            return new Expression.FusedMultiplyAdd(
                Value(product.A), Value(product.B), addend, NegateProduct: subtract, NegateAddend: false);
        }

        var a = Value(node.A);
        return new Expression.Apply(node.Operation, a, Value(node.B));
    }

    private bool IsFusable(int index) =>
        nodes[index] is { Operation: Operation.Multiply, Name.Length: 0 }
        && uses[index] <= 1 && !flushed(index) && !values.ContainsKey(index) && source(index) is null;
}
