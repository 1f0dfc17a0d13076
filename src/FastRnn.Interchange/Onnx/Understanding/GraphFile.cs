using FastRnn.Interchange.Files;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>What all evaluations of a graph share: its nodes, its inputs, and the constants that are the same for all sizes.</summary>
internal sealed class GraphFile
{
    private const int MostOrigins = 4096;
    private const long MostOperations = 1L << 28;
    private const long MostKept = EvaluationBudget.DefaultElements / 2;

    private readonly Dictionary<string, ConstantValue> constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OnnxNode> producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<FileTensor>> origins = new(StringComparer.Ordinal);
    private readonly HashSet<(FileTensor, Findings, string)> uses = [];

    public GraphFile(OnnxModel model, IReadOnlyList<OnnxNode> nodes, GraphInputs inputs)
    {
        (Model, Nodes, Inputs) = (model, nodes, inputs);
        Budget = NewBudget(MostKept);
        foreach (var (name, tensor) in model.Initializers)
            constants[name] = new ConstantValue(tensor);
        foreach (var node in nodes)
        {
            foreach (var output in node.Outputs)
                producers[output] = node;
        }
    }

    public OnnxModel Model { get; }

    /// <summary>The nodes, unrolled layers folded.</summary>
    public IReadOnlyList<OnnxNode> Nodes { get; }

    public GraphInputs Inputs { get; }

    public IReadOnlyDictionary<string, ConstantValue> Constants => constants;

    /// <summary>Bounds what the kept constants may cost: one for all evaluations, which are many where a graph is damaged.</summary>
    public EvaluationBudget Budget { get; }

    /// <summary>A budget that grows with the file: weights may be cut and joined again, as exporters that fold no constants do.</summary>
    /// <param name="elements">What it allows besides.</param>
    public EvaluationBudget NewBudget(long elements)
    {
        var numbers = Model.Initializers.Values.Sum(t => (long)t.Count);
        return new EvaluationBudget(elements + (2 * numbers), MostOperations + (16 * numbers));
    }

    /// <summary>Keeps a constant for the next evaluations.</summary>
    public void Keep(ConstantValue constant) => constants[constant.Name] = constant;

    /// <summary>Notes where a tensor went, once for each place.</summary>
    public void Use(Findings findings, FileTensor tensor, string destination)
    {
        if (uses.Add((tensor, findings, destination)))
            findings.Use(tensor, destination);
    }

    /// <summary>The initializers of which a value is made.</summary>
    public IReadOnlyList<FileTensor> Origins(string name)
    {
        if (origins.TryGetValue(name, out var known))
            return known;

        var found = new List<FileTensor>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { name };
        var open = new Stack<string>([name]);
        while (seen.Count < MostOrigins && open.TryPop(out var next))
        {
            if (Model.Initializers.TryGetValue(next, out var tensor))
                found.Add(tensor);
            else if (producers.TryGetValue(next, out var node))
            {
                foreach (var input in node.Inputs.Where(seen.Add))
                    open.Push(input);
            }
        }

        return origins[name] = found;
    }
}
