using FastRnn.Interchange.Onnx.Operators;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx;

/// <summary>ONNX's operators in double precision, by its specification of opsets 7 to 27.</summary>
internal static class OnnxOperators
{
    private const int MostDimensions = OnnxTensorReader.MostDimensions;

    /// <summary>All operators by name.</summary>
    internal static IReadOnlyDictionary<string, Operator> Table { get; } = new[]
    {
        UnaryOperators.Table, BinaryOperators.Table, ProductOperators.Table, ShapeOperators.Table, SliceOperators.Table,
        GatherOperators.Table, ScatterOperators.Table, FillOperators.Table, RepeatOperators.Table, OrderOperators.Table,
        ReductionOperators.Table, SoftmaxOperators.Table, RecurrentOperators.Table,
    }.SelectMany(rows => rows).ToDictionary(row => row.Name, StringComparer.Ordinal);

    /// <summary>Whether there is an operator of this name in ONNX's own domain here.</summary>
    public static bool Knows(string op) => Table.ContainsKey(op);

    /// <summary>Evaluates one node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="inputs">As many as the node has; null for what is left out.</param>
    /// <param name="opset">The version of the operators, which decides about defaults and about what is an attribute or an input.</param>
    /// <param name="budget">Bounds what may be allocated and done.</param>
    /// <returns>As many as the node has outputs; null for what is left out.</returns>
    /// <exception cref="ForeignFileException">The operator is not known, or its rules do not allow this.</exception>
    public static IReadOnlyList<Tensor?> Evaluate(OnnxNode node, IReadOnlyList<Tensor?> inputs, int opset, EvaluationBudget budget)
    {
        if (node.Domain.Length > 0 || !Table.TryGetValue(node.Operator, out var row))
            throw new ForeignFileException($"{node.Place}: the operator is not known");
        if (inputs.Count < row.LeastInputs || inputs.Count > row.MostInputs)
            throw new ForeignFileException($"{node.Place}: expected {row.LeastInputs} to {row.MostInputs} inputs, got {inputs.Count}");
        if (node.Attributes.Names.Except(row.Attributes).FirstOrDefault() is { } unknown)
            throw new ForeignFileException($"{node.Place}: attribute '{unknown}' is not known");

        var call = new NodeCall(node, inputs, opset, budget);
        try
        {
            var outputs = row.Run(call);
            if (outputs.Length < node.Outputs.Count)
                throw call.Wrong($"expected at most {outputs.Length} outputs, got {node.Outputs.Count}");
            return Finish(call, inputs, [.. outputs.Take(node.Outputs.Count).Select((o, i) => call.Wants(i) ? o : null)], budget);
        }
        catch (ForeignFileException e) when (!e.Message.StartsWith("node ", StringComparison.Ordinal))
        {
            throw call.Wrong(e.Message);
        }
    }

    // What was allocated and is no output is given back.
    private static Tensor?[] Finish(NodeCall call, IReadOnlyList<Tensor?> inputs, Tensor?[] outputs, EvaluationBudget budget)
    {
        var kept = new Dictionary<object, long>(ReferenceEqualityComparer.Instance);
        foreach (var output in outputs)
        {
            if (output is { Rank: > MostDimensions })
                throw call.Wrong($"expected at most {MostDimensions} dimensions, got {output.Rank}");
            if (output is not null && !inputs.Any(i => ReferenceEquals(i?.Identity, output.Identity)))
                kept[output.Identity] = output.Count;
        }

        budget.Release(call.Allocated - kept.Values.Sum());
        return outputs;
    }
}
