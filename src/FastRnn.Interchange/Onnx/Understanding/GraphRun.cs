using FastRnn.Interchange.Files;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>One evaluation of the graph with chosen sizes: numbers are computed, data are symbols.</summary>
internal sealed class GraphRun
{
    private const int MostProblems = 100;
    private readonly GraphFile file;
    private readonly Dictionary<string, Value> values = new(StringComparer.Ordinal);

    private GraphRun(GraphFile file, GraphSizes sizes)
    {
        (this.file, Sizes) = (file, sizes);
        Budget = file.NewBudget(EvaluationBudget.DefaultElements);
        foreach (var (name, constant) in file.Constants)
            values[name] = constant;
        foreach (var (name, value) in sizes.Values())
            values[name] = value;
    }

    public OnnxModel Model => file.Model;

    public GraphSizes Sizes { get; }

    public Findings Findings { get; } = new();

    public EvaluationBudget Budget { get; }

    /// <summary>The states that inputs of the graph give.</summary>
    public List<FirstStateUse> FirstStates { get; } = [];

    /// <summary>Whether a recurrent layer reads the lengths.</summary>
    public bool ReadsLengths { get; set; }

    /// <summary>Evaluates the graph.</summary>
    public static GraphRun Of(GraphFile file, GraphSizes sizes)
    {
        var run = new GraphRun(file, sizes);
        foreach (var node in file.Nodes.Where(n => n.Outputs.Count > 0).TakeWhile(_ => run.Findings.Problems.Count < MostProblems))
            run.Step(node);
        return run;
    }

    /// <summary>What a name stands for; null for a name that is left out or unknown.</summary>
    public Value? this[string name] => name.Length > 0 && values.TryGetValue(name, out var value) ? value : null;

    /// <summary>Notes where the initializers went of which a constant is made.</summary>
    public void Use(ConstantValue constant, string destination)
    {
        foreach (var tensor in file.Origins(constant.Name))
            file.Use(Findings, tensor, destination);
    }

    private void Step(OnnxNode node)
    {
        IReadOnlyList<Value> outputs;
        try
        {
            outputs = Outputs(node);
        }
        catch (UnknownInputException)
        {
            outputs = [];
        }
        catch (OverflowException)
        {
            Findings.Problem($"{node.Place}: its sizes are too large");
            outputs = [];
        }
        catch (ForeignFileException e)
        {
            Findings.Problem(e.Message.StartsWith("node ", StringComparison.Ordinal) ? e.Message : $"{node.Place}: {e.Message}");
            outputs = [];
        }

        for (var i = 0; i < node.Outputs.Count; i++)
        {
            if (node.Outputs[i].Length > 0)
                values[node.Outputs[i]] = i < outputs.Count ? outputs[i] : UnknownValue.Instance;
        }
    }

    private IReadOnlyList<Value> Outputs(OnnxNode node)
    {
        if (values.TryGetValue(node.Outputs[0], out var known) && known is ConstantValue { IsFixed: true })
            return [.. node.Outputs.Select(o => this[o] ?? UnknownValue.Instance)];

        var inputs = node.Inputs.Select(n => n.Length == 0 ? null : this[n] ?? UnknownValue.Instance).ToArray();
        var call = new NodeCall(this, node, inputs);
        if (node.Operator is "Shape" or "Size" && call.Symbol(0) is { } symbol)
            return Evaluate(node, [Tensor.OfShape(symbol.Shape)], isFixed: false);
        if (inputs.All(v => v is null or ConstantValue))
        {
            var isFixed = inputs.All(v => v is null or ConstantValue { IsFixed: true });
            return Evaluate(node, [.. inputs.Select(v => (v as ConstantValue)?.Numbers)], isFixed);
        }

        if (NodeRules.Table.TryGetValue(node.Operator, out var rule))
            return rule(call);
        if (inputs.Contains(UnknownValue.Instance) && OnnxOperators.Knows(node.Operator))
            return [];
        var data = inputs.OfType<Symbol>().FirstOrDefault() is { } first ? $" ({first.Source.Description} {first.ShapeText()})" : "";
        return [call.Refuse($"acts on data{data}; it is no part of a chain of recurrent and dense layers")];
    }

    private Value[] Evaluate(OnnxNode node, Tensor?[] inputs, bool isFixed)
    {
        var outputs = OnnxOperators.Evaluate(node, inputs, Model.Opset, isFixed ? file.Budget : Budget);
        var results = new Value[node.Outputs.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = i < outputs.Count && outputs[i] is { } numbers
                ? new ConstantValue(node.Outputs[i], numbers, isFixed)
                : UnknownValue.Instance;
            if (isFixed && results[i] is ConstantValue constant)
                file.Keep(constant);
        }

        return results;
    }
}
