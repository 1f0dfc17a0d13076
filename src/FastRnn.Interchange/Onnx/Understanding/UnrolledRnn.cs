namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Folds RNNs that an exporter unrolled (PyTorch's dynamo exporter writes <c>nn.RNN</c> so): for each step t of the traced length
/// h[t] = f(h[t-1] U + b + p[t]), and a Concat of all h. They become one node of an operator of our own, with h[-1], U, b (may be left out)
/// and all p as inputs, and [T, B, H] and the last h as outputs.</summary>
internal sealed class UnrolledRnn
{
    /// <summary>No name that a file can use as an operator of ONNX.</summary>
    public const string Operator = "(unrolled RNN)";

    private readonly Dictionary<string, OnnxNode> producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);

    private UnrolledRnn(OnnxModel model)
    {
        foreach (var node in model.Nodes)
        {
            foreach (var output in node.Outputs)
                producers[output] = node;
            foreach (var input in node.Inputs)
                uses[input] = uses.GetValueOrDefault(input) + 1;
        }

        foreach (var output in model.Outputs)
            uses[output.Name] = uses.GetValueOrDefault(output.Name) + 1;
    }

    /// <summary>The nodes with unrolled layers folded; the file's own if there are none.</summary>
    public static IReadOnlyList<OnnxNode> Fold(OnnxModel model)
    {
        var folds = new UnrolledRnn(model);
        var replaced = new Dictionary<int, OnnxNode?>();
        foreach (var concat in model.Nodes.Where(n => n.Operator == "Concat" && n.Inputs.Count > 1 && n.Outputs.Count == 1
            && n.Attributes.Integer("axis", 0) == 0))
        {
            if (folds.Match(concat) is not { } steps)
                continue;
            foreach (var node in steps.SelectMany(s => s.Nodes).Append(concat))
                replaced[node.Index] = null;
            var last = steps[^1].Nodes[0];
            replaced[last.Index] = new OnnxNode(
                last.Index, concat.Name.Length > 0 ? concat.Name : concat.Outputs[0], Operator, "",
                [steps[0].Before, steps[0].Weight, steps[0].Bias, .. steps.Select(s => s.Projection)], [concat.Outputs[0], last.Outputs[0]],
                new OnnxAttributes(concat.Place, new Dictionary<string, object> { ["activations"] = new[] { last.Operator } }));
        }

        return replaced.Count == 0
            ? model.Nodes
            : [.. model.Nodes.Select(n => replaced.TryGetValue(n.Index, out var other) ? other : n).OfType<OnnxNode>()];
    }

    // The steps of a Concat in order; null if it is something else.
    private List<UnrolledStep>? Match(OnnxNode concat)
    {
        var steps = new List<UnrolledStep>();
        for (var t = 0; t < concat.Inputs.Count; t++)
        {
            if (Step(concat.Inputs[t]) is not { } step)
                return null;
            if (t > 0 && (step.Before != concat.Inputs[t - 1] || step.Weight != steps[0].Weight || step.Bias != steps[0].Bias
                || step.Nodes[0].Operator != steps[0].Nodes[0].Operator || uses[step.Before] != 2))
            {
                return null;
            }

            steps.Add(step);
        }

        return steps;
    }

    // f(A + p) with A = h U or h U + b, each used only here.
    private UnrolledStep? Step(string name)
    {
        if (Producer(name) is not { Operator: "Tanh" or "Relu", Inputs: [var argument], Outputs: [_] } function
            || Inner(argument) is not { Operator: "Add", Inputs: [var left, var right] } sum)
        {
            return null;
        }

        foreach (var (state, projection) in new[] { (left, right), (right, left) })
        {
            if (Inner(state) is { Operator: "MatMul", Inputs: [var h, var u] } bare && IsConstant(u))
                return new UnrolledStep(h, u, "", projection, [function, sum, bare]);
            if (Inner(state) is not { Operator: "Add", Inputs: [var first, var second] } biased)
                continue;
            foreach (var (product, bias) in new[] { (first, second), (second, first) })
            {
                if (IsConstant(bias) && Inner(product) is { Operator: "MatMul", Inputs: [var s, var m] } matrix && IsConstant(m))
                    return new UnrolledStep(s, m, bias, projection, [function, sum, biased, matrix]);
            }
        }

        return null;
    }

    private OnnxNode? Producer(string name) => producers.GetValueOrDefault(name);

    private OnnxNode? Inner(string name) => uses.GetValueOrDefault(name) == 1 ? Producer(name) : null;

    private bool IsConstant(string name) => Producer(name) is null or { Operator: "Constant" };

    /// <summary>One step.</summary>
    /// <param name="Before">The state before it.</param>
    /// <param name="Weight">U <c>[H, H]</c>, multiplied from the right.</param>
    /// <param name="Bias">b, or empty.</param>
    /// <param name="Projection">p[t], the input's part.</param>
    /// <param name="Nodes">Its nodes, the function first.</param>
    private sealed record UnrolledStep(string Before, string Weight, string Bias, string Projection, IReadOnlyList<OnnxNode> Nodes);
}
