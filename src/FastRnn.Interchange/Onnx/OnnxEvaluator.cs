using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx;

/// <summary>Runs a file node by node, by ONNX's rules, in double precision.</summary>
/// <param name="model">The file.</param>
internal sealed class OnnxEvaluator(OnnxModel model)
{
    // Models whose number of steps is fixed have long inputs.
    private const long MostForInputs = EvaluationBudget.DefaultElements / 2;

    /// <summary>Runs the graph.</summary>
    /// <param name="inputs">Every input of the file by its name; those that no node reads may be left out.</param>
    /// <param name="budget">Bounds what may be allocated and done; null for the usual bounds, which grow with the file and the
    /// inputs.</param>
    /// <returns>Every output of the file by its name.</returns>
    /// <exception cref="ForeignFileException">The file has problems or unknown operators, or its rules do not allow these
    /// inputs.</exception>
    public IReadOnlyDictionary<string, Tensor> Run(IReadOnlyDictionary<string, Tensor> inputs, EvaluationBudget? budget = null)
    {
        var unknown = model.Nodes.Where(n => n.Domain.Length == 0 && !OnnxOperators.Knows(n.Operator))
            .Select(n => $"{n.Place}: the operator is not known");
        string[] problems = [.. model.Problems, .. unknown.Take(100)];
        if (problems.Length > 0)
            throw new ForeignFileException($"{model.Path}: cannot be run:", problems);

        budget ??= new EvaluationBudget(EvaluationBudget.DefaultElements
            + (2 * model.Initializers.Values.Sum(t => (long)t.Count))
            + Math.Min(64 * inputs.Values.Sum(t => (long)t.Count), MostForInputs));
        var values = new OnnxValues(model, budget);
        CheckInputs(inputs, values);
        foreach (var node in model.Nodes)
        {
            Tensor?[] arguments = [.. node.Inputs.Select(name => name.Length == 0 ? null : values.Get(name))];
            var results = OnnxOperators.Evaluate(node, arguments, model.Opset, budget);
            for (var i = 0; i < results.Count; i++)
            {
                if (results[i] is { } result)
                    values.Add(node.Outputs[i], result);
            }

            values.Forget(node.Index);
        }

        return model.Outputs.ToDictionary(o => o.Name, o => values.Get(o.Name), StringComparer.Ordinal);
    }

    private void CheckInputs(IReadOnlyDictionary<string, Tensor> inputs, OnnxValues values)
    {
        if (inputs.Keys.FirstOrDefault(name => !model.Inputs.Any(i => i.Name == name)) is { } unknown)
            throw new ForeignFileException($"{model.Path}: there is no input '{unknown}'");
        var read = model.Nodes.SelectMany(n => n.Inputs).Concat(model.Outputs.Select(o => o.Name)).ToHashSet(StringComparer.Ordinal);
        foreach (var input in model.Inputs)
        {
            if (!inputs.TryGetValue(input.Name, out var tensor) && !read.Contains(input.Name))
                continue;
            if (tensor is null)
                throw new ForeignFileException($"{model.Path}: input '{input.Name}' is missing");
            var fits = input.Type == tensor.Type || (input.Type.IsFloating() && tensor.Type.IsFloating());
            if (!fits || (input.Shape is { } shape && !Fits(shape, tensor.Shape)))
            {
                throw new ForeignFileException($"{model.Path}: input '{input.Name}': "
                    + $"expected {input.Type} {input.ShapeText()}, got {tensor.Type} {tensor.ShapeText()}");
            }

            values.Give(input.Name, new Tensor(tensor.Shape, tensor.Values, input.Type));
        }
    }

    private static bool Fits(IReadOnlyList<OnnxDimension> expected, int[] shape) =>
        expected.Count == shape.Length && expected.Zip(shape).All(d => d.First.Size is null || d.First.Size == d.Second);
}
