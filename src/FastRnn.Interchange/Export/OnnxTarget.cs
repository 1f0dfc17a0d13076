using FastRnn.CompilerServices;

using DataType = FastRnn.Interchange.Onnx.Proto.TensorProto.Types.DataType;

namespace FastRnn.Interchange.Export;

/// <summary>Writes a model as ONNX nodes of opset 17.</summary>
internal sealed class OnnxTarget : IExportTarget
{
    private readonly ModelInfo info;
    private readonly OnnxExportOptions options;
    private readonly Func<string, CellEquations?> equations;
    private readonly OnnxGraph graph;
    private readonly ExportWeights weights;
    private readonly StandardNodes standard;
    private readonly ScanNodes scan;
    private readonly Dictionary<string, int> directions = [];
    private string input = "";
    private string? batch;

    /// <param name="info">The model.</param>
    /// <param name="weights">Its numbers.</param>
    /// <param name="options">What the file looks like.</param>
    /// <param name="equations">The equations of a cell by its full name; null where they are not to be had.</param>
    /// <param name="graph">Receives the nodes.</param>
    public OnnxTarget(
        ModelInfo info, ExportWeights weights, OnnxExportOptions options, Func<string, CellEquations?> equations, OnnxGraph graph)
    {
        (this.info, this.weights, this.options, this.equations, this.graph) = (info, weights, options, equations, graph);
        var states = new StateNodes(graph, weights, options.States, Batch);
        (standard, scan) = (new(graph, weights, states), new(graph, weights, states));
    }

    /// <inheritdoc/>
    public string? Obstacle(RecurrentGroup group) =>
        StandardCell.Of(group.First) is not null ? null
        : Equations(group) is { } cell ? ScanBody.Obstacle(cell)
        : $"no operator has its equations{(ZoneoutEquations.AreNeeded(group.First) ? " (with zoneout)" : "")}"
            + ", and its assembly has not recorded them";

    /// <inheritdoc/>
    public string Input()
    {
        if (info.Input == InputKind.Mixed)
            return SideBySide();
        var isTokens = info.Input != InputKind.Vector;
        var name = isTokens ? "tokens" : "x";
        object[] order = options.BatchFirst ? ["batch", "time"] : ["time", "batch"];
        input = isTokens ? graph.Input(name, DataType.Int64, order) : graph.Input(name, DataType.Float, [.. order, info.InputSize]);
        if (options.BatchFirst)
            input = graph.Add("Transpose", name + ".by_time", [input], OnnxAttribute.Integers("perm", isTokens ? [1, 0] : [1, 0, 2]));
        return info.Input switch
        {
            InputKind.Vector => input,
            InputKind.Embedding => Row(graph.Weights(
                "embedding.weight", [info.Vocabulary, info.InputSize], target => weights.Embedding.CopyTo(target))),
            _ => Row(graph.Weights("one_hot", [info.Vocabulary, info.Vocabulary], target => Identity(target, info.Vocabulary))),
        };

        string Row(string table) => graph.Add("Gather", "embedded", [table, input], OnnxAttribute.Integer("axis", 0));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Flow> Recurrent(RecurrentGroup group, string x, bool isBackward)
    {
        if (StandardCell.Of(group.First) is not { } cell)
            return scan.Add(group, Equations(group)!, x, isBackward);
        var flows = standard.Add(group, cell, x, isBackward);
        directions[flows[0].Name] = directions[flows[0].Last!] = flows.Count;
        return flows;
    }

    /// <inheritdoc/>
    public string Dense(LayerInfo layer, string x)
    {
        var matrix = layer.Parameters[0];
        var tensor = layer.Tensors[0].Name;
        var stem = tensor[..tensor.LastIndexOf('.')];
        var y = graph.Add("MatMul", stem + ".product",
            [x, graph.Weights(tensor + ".T", [matrix.Columns, matrix.Rows], target => weights.Transpose(layer, matrix, target))]);
        if (layer.Parameters.Count == 1)
            return y;
        var bias = layer.Parameters[1];
        return graph.Add("Add", stem + ".sum",
            [y, graph.Weights(stem + ".bias", [bias.Rows], target => weights.Of(layer, bias).CopyTo(target))]);
    }

    /// <inheritdoc/>
    public string Activation(DenseActivation function, string x) => OnnxFunction.Add(graph, graph, $"{function}", $"{function}", [x]);

    /// <inheritdoc/>
    public string Scale(float factor, string x) => graph.Add("Mul", "scaled", [x, graph.Number(factor)]);

    /// <inheritdoc/>
    public string Skip(string y, string x, int size)
    {
        var first = size == info.InputSize
            ? x
            : graph.Add("Slice", "first", [x, graph.Integers(0), graph.Integers(size), graph.Integers(-1)]);
        return graph.Add("Add", "skipped", [y, first]);
    }

    /// <inheritdoc/>
    public string Side(Flow flow) => directions[flow.Name] == 1
        ? graph.Add("Squeeze", flow.Name + ".steps", [flow.Name, graph.Integers(Axis(flow))])
        : graph.Add("Gather", flow.Name + ".side", [flow.Name, graph.Integer(flow.Side)], OnnxAttribute.Integer("axis", Axis(flow)));

    /// <inheritdoc/>
    public string JoinSides(Flow first, LayerOperation join)
    {
        if (join == LayerOperation.Sum)
            return graph.Add("Add", first.Name + ".sum", [Side(first), Side(first with { Side = 1 })]);
        // [T, D, B, H] or [D, B, H]: the directions go beside the numbers. A size of 0 is that of the input.
        var order = first.IsSingle ? OnnxAttribute.Integers("perm", 1, 0, 2) : OnnxAttribute.Integers("perm", 0, 2, 1, 3);
        var beside = graph.Add("Transpose", first.Name + ".beside", [first.Name], order);
        return graph.Add("Reshape", first.Name + ".joined", [beside, first.IsSingle ? graph.Integers(0, -1) : graph.Integers(0, 0, -1)]);
    }

    /// <inheritdoc/>
    public string Join(LayerOperation join, IReadOnlyList<string> values) => join == LayerOperation.Sum
        ? graph.Add("Sum", "sum", values)
        : graph.Add("Concat", "joined", values, OnnxAttribute.Integer("axis", -1));

    /// <inheritdoc/>
    public string Reverse(string x) => graph.Add("Slice", x + ".reversed",
        [x, graph.Integers(-1), graph.Integers(long.MinValue + 1), graph.Integers(0), graph.Integers(-1)]);

    /// <inheritdoc/>
    public string Pool(LayerOperation pool, string x) => pool switch
    {
        LayerOperation.PoolLast => graph.Add("Gather", "last", [x, graph.Integer(-1)], OnnxAttribute.Integer("axis", 0)),
        LayerOperation.PoolMean => Reduced("ReduceMean", "mean", x),
        LayerOperation.PoolMax => Reduced("ReduceMax", "max", x),
        _ => throw new InvalidOperationException($"{pool} is no pooling"),
    };

    private CellEquations? Equations(RecurrentGroup group) => ZoneoutEquations.Of(group.First, equations(group.First.Cell));

    private string Reduced(string op, string name, string x) =>
        graph.Add(op, name, [x], OnnxAttribute.Integers("axes", 0), OnnxAttribute.Integer("keepdims", 0));

    private static long Axis(Flow flow) => flow.IsSingle ? 0 : 1;

    private string Batch() => batch ??= graph.Add(
        "Shape", "batch_size", [input], OnnxAttribute.Integer("start", 1), OnnxAttribute.Integer("end", 2));

    // x [T, B, I] and tokens [T, B, K], each as far as the model reads it.
    private string SideBySide()
    {
        object[] order = options.BatchFirst ? ["batch", "time"] : ["time", "batch"];
        var x = info.VectorSize == 0 ? "" : ByTime(graph.Input("x", DataType.Float, [.. order, info.VectorSize]));
        var tokens = ByTime(graph.Input("tokens", DataType.Int64, [.. order, info.TokenCount]));
        input = tokens;
        var (parts, tables, token) = (new List<string>(), 0, 0);
        foreach (var (kind, size, vocabulary) in info.Inputs)
        {
            if (kind == InputKind.Vector)
            {
                parts.Add(x);
                continue;
            }

            var own = graph.Add("Gather", $"tokens{token}", [tokens, graph.Integer(token)], OnnxAttribute.Integer("axis", 2));
            var number = kind == InputKind.Embedding ? tables++ : 0;
            var rows = kind == InputKind.Embedding
                ? graph.Weights($"embedding{number}.weight", [vocabulary, size], target => weights.Table(number).CopyTo(target))
                : graph.Weights($"one_hot{token}", [vocabulary, vocabulary], target => Identity(target, vocabulary));
            parts.Add(graph.Add("Gather", $"embedded{token++}", [rows, own], OnnxAttribute.Integer("axis", 0)));
        }

        return graph.Add("Concat", "inputs", parts, OnnxAttribute.Integer("axis", -1));

        string ByTime(string name) => options.BatchFirst
            ? graph.Add("Transpose", name + ".by_time", [name], OnnxAttribute.Integers("perm", 1, 0, 2)) : name;
    }

    private static void Identity(Span<float> target, int size)
    {
        for (var i = 0; i < size; i++)
            target[(i * size) + i] = 1;
    }
}
