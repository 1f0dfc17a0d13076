using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx;

/// <summary>The values of a run by their names. Weights stay as the file has them where products read them, are converted when anything
/// else does, and everything is given back after its last use, so that a large file is not in memory as doubles.</summary>
internal sealed class OnnxValues
{
    private readonly OnnxModel model;
    private readonly EvaluationBudget budget;
    private readonly Dictionary<string, Tensor> values = new(StringComparer.Ordinal);
    private readonly Dictionary<int, List<string>> lastUses = [];

    // Several tensors may share their numbers (Reshape, Identity): those are given back with the last of them.
    private readonly Dictionary<object, int> sharers = new(ReferenceEqualityComparer.Instance);

    public OnnxValues(OnnxModel model, EvaluationBudget budget)
    {
        (this.model, this.budget) = (model, budget);
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var node in model.Nodes)
        {
            foreach (var name in node.Outputs.Concat(node.Inputs))
                last[name] = node.Index;
        }

        foreach (var output in model.Outputs)
            last.Remove(output.Name);
        foreach (var (name, index) in last)
        {
            if (lastUses.TryGetValue(index, out var names))
                names.Add(name);
            else
                lastUses[index] = [name];
        }
    }

    /// <summary>A value that was made, or an initializer.</summary>
    public Tensor Get(string name)
    {
        if (values.TryGetValue(name, out var value))
            return value;
        if (!model.Initializers.TryGetValue(name, out var initializer))
            throw new ForeignFileException($"{model.Path}: the value '{name}' was not made");
        budget.Take(initializer.Count);
        value = Tensor.Of(initializer);
        Add(name, value);
        return value;
    }

    /// <summary>Takes over a value of the caller, which is not counted.</summary>
    public void Give(string name, Tensor value)
    {
        sharers[value.Identity] = 1;
        Add(name, value);
    }

    /// <summary>Takes over a value whose numbers were counted.</summary>
    public void Add(string name, Tensor value)
    {
        values[name] = value;
        sharers[value.Identity] = sharers.GetValueOrDefault(value.Identity) + 1;
    }

    /// <summary>Gives back what is used by no node after this one.</summary>
    public void Forget(int index)
    {
        foreach (var name in lastUses.GetValueOrDefault(index, []))
        {
            if (!values.Remove(name, out var value) || --sharers[value.Identity] > 0)
                continue;
            sharers.Remove(value.Identity);
            budget.Release(value.Count);
        }
    }
}
