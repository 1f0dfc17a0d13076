using System.Globalization;

using FastRnn.CompilerServices;

namespace FastRnn.Interchange.Export;

/// <summary>Writes a model as statements of a module's <c>__init__</c> and <c>forward</c>. A value is a Python expression.</summary>
/// <param name="info">The model.</param>
/// <param name="equations">The equations of a cell by its full name; null where they are not to be had.</param>
/// <param name="classes">Names of the script's classes.</param>
internal sealed class PyTorchTarget(ModelInfo info, Func<string, CellEquations?> equations, PythonNames classes) : IExportTarget
{
    private readonly Dictionary<string, string> cells = [];
    private readonly List<string> cellTexts = [];
    private readonly List<string> modules = [];
    private readonly List<string> statements = [];
    private readonly List<(string File, string Module)> names = [];
    private readonly Dictionary<string, int> halves = [];
    private int values;
    private int layers;

    /// <summary>Classes of cells that torch.nn has not.</summary>
    public IReadOnlyList<string> Cells => cellTexts;

    /// <summary>Statements of <c>__init__</c>.</summary>
    public IReadOnlyList<string> Modules => modules;

    /// <summary>Statements of <c>forward</c>.</summary>
    public IReadOnlyList<string> Statements => statements;

    /// <summary>The tensors of a file of FastRnn's, and what the module calls them.</summary>
    public IReadOnlyList<(string File, string Module)> Names => names;

    /// <inheritdoc/>
    public string? Obstacle(RecurrentGroup group) =>
        PyTorchCell.Of(group.First) is not null ? null
        : Equations(group.First) is { } cell ? PyTorchEquations.Obstacle(cell)
        : $"torch.nn has no such layer{(ZoneoutEquations.AreNeeded(group.First) ? " (with zoneout)" : "")}"
            + ", and its assembly has not recorded its equations";

    /// <inheritdoc/>
    public string Input()
    {
        if (info.Input == InputKind.OneHot)
            return Assign($"nn.functional.one_hot(x, {N(info.Vocabulary)}).float()");
        if (info.Input == InputKind.Vector)
            return "x";
        if (info.Input == InputKind.Mixed)
            return SideBySide();
        modules.Add($"self.embedding = nn.Embedding({N(info.Vocabulary)}, {N(info.InputSize)})");
        names.Add(("embedding.weight", "embedding.weight"));
        return Assign("self.embedding(x)");
    }

    private string SideBySide()
    {
        var tables = info.Inputs.Count(input => input.Kind == InputKind.Embedding);
        var (parts, table, token) = (new List<string>(), 0, 0);
        foreach (var (kind, size, vocabulary) in info.Inputs)
        {
            if (kind == InputKind.Vector)
            {
                parts.Add("x");
            }
            else if (kind == InputKind.OneHot)
            {
                parts.Add($"nn.functional.one_hot(tokens[..., {N(token++)}], {N(vocabulary)}).float()");
            }
            else
            {
                var name = tables == 1 ? "embedding" : $"embedding{N(table++)}";
                modules.Add($"self.{name} = nn.Embedding({N(vocabulary)}, {N(size)})");
                names.Add(($"{name}.weight", $"{name}.weight"));
                parts.Add($"self.{name}(tokens[..., {N(token++)}])");
            }
        }

        return Assign($"torch.cat(({string.Join(", ", parts)}), dim=-1)");
    }

    /// <inheritdoc/>
    public IReadOnlyList<Flow> Recurrent(RecurrentGroup group, string x, bool isBackward)
    {
        if (PyTorchCell.Of(group.First) is not { } cell)
            return Equations(group, x, isBackward);
        var (layer, name) = (group.First, $"rnn{N(layers++)}");
        var isPair = group.Layers.Count == 2;
        var projection = layer.OutputSize == layer.HiddenSize ? "" : $", proj_size={N(layer.OutputSize)}";
        modules.Add($"self.{name} = nn.{cell.Module}({N(layer.InputSize)}, {N(layer.HiddenSize)}{cell.Options}{projection}"
            + $"{(isPair ? ", bidirectional=True" : "")})");
        foreach (var tensor in group.Layers.SelectMany(l => l.Tensors).Select(t => t.Name))
        {
            if (!IsLearned(tensor))
                names.Add((tensor, $"{name}.{WithoutNumber(tensor, isPair)}"));
        }

        var first = First(group, x);
        var (y, h) = ($"y{N(values)}", $"h{N(values++)}");
        var read = isBackward ? $"{x}.flip(0)" : x;
        statements.Add($"{y}, {(group.States.Count == 2 ? $"({h}, _)" : h)} = self.{name}({read}{first})");
        if (isBackward)
            statements.Add($"{y} = {y}.flip(0)");
        if (!isPair)
            return [new(y, Last: $"{h}[0]")];
        halves[y] = halves[h] = layer.OutputSize;
        return [new(y, Last: h, Side: 0), new(y, Last: h, Side: 1)];
    }

    // A module for each direction, whose steps are a loop in Python.
    private List<Flow> Equations(RecurrentGroup group, string x, bool isBackward)
    {
        var name = $"rnn{N(layers++)}";
        var starts = Starts(group);
        List<Flow> flows = [];
        foreach (var (layer, side) in group.Layers.Select((l, i) => (l, i)))
        {
            var (module, turns) = (side == 0 ? name : name + "_reverse", isBackward || side == 1);
            List<TensorInfo> tensors = [.. layer.Tensors.Where(t => !IsLearned(t.Name))];
            modules.Add($"self.{module} = {Cell(group, layer, tensors)}()");
            names.AddRange(tensors.Select(t => (t.Name, $"{module}.{PyTorchEquations.Attribute(t.Name)}")));
            var first = starts.Count == 0
                ? ""
                : $", [{string.Join(", ", starts.Select(s => $"self.{s[side]}.expand({x}.shape[1], -1)"))}]";
            var (y, h) = ($"y{N(values)}", $"h{N(values++)}");
            statements.Add($"{y}, {h} = self.{module}({(turns ? $"{x}.flip(0)" : x)}{first})");
            if (turns)
                statements.Add($"{y} = {y}.flip(0)");
            flows.Add(new(y, Last: $"{h}[0]"));
        }

        return flows;
    }

    // Layers of one cell and the same sizes share a class.
    private string Cell(RecurrentGroup group, LayerInfo layer, IReadOnlyList<TensorInfo> tensors)
    {
        var sizes = string.Join(", ", layer.Parameters.Select(p => $"{N(p.Rows)} {N(p.Columns)}"));
        var key = $"{layer.Cell}: {sizes}{ZoneoutEquations.Key(layer)}";
        if (cells.TryGetValue(key, out var known))
            return known;
        var name = classes.New(layer.Cell[(layer.Cell.LastIndexOfAny(['.', '+']) + 1)..]);
        cellTexts.Add(new PyTorchEquations(name, layer, group.States, Equations(layer)!).Write(tensors));
        return cells[key] = name;
    }

    /// <inheritdoc/>
    public string Dense(LayerInfo layer, string x)
    {
        var tensor = layer.Tensors[0].Name;
        var name = tensor[..tensor.LastIndexOf('.')];
        var bias = layer.Parameters.Count > 1 ? "" : ", bias=False";
        // What stands in a head is called price.dense in a file, which is no name of a module's field.
        var module = name.Replace('.', '_');
        modules.Add($"self.{module} = nn.Linear({N(layer.InputSize)}, {N(layer.OutputSize)}{bias})");
        names.AddRange(layer.Tensors.Select(t => (t.Name, module + t.Name[name.Length..])));
        return Assign($"self.{module}({x})");
    }

    /// <inheritdoc/>
    public string Activation(DenseActivation function, string x) => Assign(function switch
    {
        DenseActivation.LeakyRelu => $"nn.functional.leaky_relu({x}, 0.01)",
        DenseActivation.Sigmoid or DenseActivation.Tanh or DenseActivation.Relu => $"torch.{function.ToString().ToLowerInvariant()}({x})",
        _ => $"nn.functional.{function.ToString().ToLowerInvariant()}({x})",
    });

    /// <inheritdoc/>
    public string Scale(float factor, string x) => Assign(FormattableString.Invariant($"{x} * {factor:R}"));

    /// <inheritdoc/>
    public string Skip(string y, string x, int size) => Assign($"{y} + {x}{(size == info.InputSize ? "" : $"[..., :{N(size)}]")}");

    /// <inheritdoc/>
    public string Side(Flow flow) => flow.IsSingle
        ? $"{flow.Name}[{N(flow.Side)}]"
        : $"{flow.Name}[..., {(flow.Side == 0 ? $":{N(halves[flow.Name])}" : $"{N(halves[flow.Name])}:")}]";

    /// <inheritdoc/>
    public string JoinSides(Flow first, LayerOperation join) => (join, first.IsSingle) switch
    {
        (LayerOperation.Concat, false) => first.Name,
        (LayerOperation.Concat, true) => Assign($"torch.cat(({first.Name}[0], {first.Name}[1]), dim=-1)"),
        (_, false) => Assign($"{first.Name}.unflatten(-1, (2, {N(halves[first.Name])})).sum(-2)"),
        _ => Assign($"{first.Name}.sum(0)"),
    };

    /// <inheritdoc/>
    public string Join(LayerOperation join, IReadOnlyList<string> values) => Assign(
        join == LayerOperation.Sum ? string.Join(" + ", values) : $"torch.cat(({string.Join(", ", values)}), dim=-1)");

    /// <inheritdoc/>
    public string Reverse(string x) => Assign($"{x}.flip(0)");

    /// <inheritdoc/>
    public string Pool(LayerOperation pool, string x) => Assign(pool switch
    {
        LayerOperation.PoolLast => $"{x}[-1]",
        LayerOperation.PoolMean => $"{x}.mean(0)",
        LayerOperation.PoolMax => $"{x}.amax(0)",
        _ => throw new InvalidOperationException($"{pool} is no pooling"),
    });

    private CellEquations? Equations(LayerInfo layer) => ZoneoutEquations.Of(layer, equations(layer.Cell));

    private string Assign(string expression)
    {
        var name = $"y{N(values++)}";
        statements.Add($"{name} = {expression}");
        return name;
    }

    // Learned first states are parameters of the whole module: torch's layers have none.
    private string First(RecurrentGroup group, string x)
    {
        var states = Starts(group).Select(fields => Assign(
            $"torch.stack([{string.Join(", ", fields.Select(f => $"self.{f}"))}]).unsqueeze(1).expand(-1, {x}.shape[1], -1).contiguous()"))
            .ToList();
        return states.Count switch { 0 => "", 1 => $", {states[0]}", _ => $", ({string.Join(", ", states)})" };
    }

    // For each state the names of its start in each direction; none where sequences begin with zeros.
    private List<List<string>> Starts(RecurrentGroup group)
    {
        List<List<string>> starts = [];
        if (group.First.Wiring.Starts[0].Kind != StartKind.Learned)
            return starts;
        for (var state = 0; state < group.States.Count; state++)
        {
            starts.Add([.. group.Layers.Select(l => Tensor(l, l.Wiring.Starts[state].Index))]);
            foreach (var field in starts[^1])
            {
                modules.Add($"self.{field} = nn.Parameter(torch.zeros({N(group.States[state].Size)}))");
                names.Add((field, field));
            }
        }

        return starts;
    }

    private static string Tensor(LayerInfo layer, int parameter) =>
        layer.Tensors.First(t => t.Parts.Any(p => p.Parameter == parameter)).Name;

    private bool IsLearned(string tensor) => info.Layers.Where(l => l.IsRecurrent).Any(l =>
        l.Wiring.Starts.Any(s => s.Kind == StartKind.Learned && Tensor(l, s.Index) == tensor));

    // Each layer is a module of its own, whose number is 0; torch has no layer that reads backward only.
    private static string WithoutNumber(string tensor, bool isPair)
    {
        var place = tensor.LastIndexOf("_l", StringComparison.Ordinal);
        var end = tensor.IndexOf('_', place + 1);
        return tensor[..place] + "_l0" + (end < 0 || !isPair ? "" : tensor[end..]);
    }

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
