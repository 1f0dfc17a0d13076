using System.Globalization;
using FastRnn.Interchange.Networks;
using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.PyTorch;

/// <summary>Sorts the tensors of a state dict by their names into modules: <c>PREFIX.weight_ih_l0_reverse</c> of recurrent layers,
/// <c>PREFIX.weight_ih</c> of cells, <c>PREFIX.weight</c> and <c>PREFIX.bias</c> of linear layers and embeddings, which only their
/// neighbours tell apart.</summary>
internal sealed class TorchNames
{
    private const int MostLayers = 1000;
    private static readonly string[] Roles = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];

    private readonly List<string> problems;
    private readonly List<Group> groups = [];
    private readonly Dictionary<string, Group> byPrefix = new(StringComparer.Ordinal);

    private TorchNames(List<string> problems) => this.problems = problems;

    /// <summary>The modules in the order in which they come first in the file; layers of one module in their own order.</summary>
    /// <param name="tensors">In the order of the file.</param>
    /// <param name="problems">Receives each tensor that is none of these, and what does not fit.</param>
    public static IReadOnlyList<TorchModule> Sort(IReadOnlyList<FileTensor> tensors, List<string> problems)
    {
        var names = new TorchNames(problems);
        foreach (var tensor in tensors)
        {
            if (!names.Take(tensor))
                problems.Add($"tensor '{tensor.Name}' {tensor.ShapeText()} is none of a recurrent layer, a linear layer or an embedding");
        }

        return [.. names.groups.SelectMany(names.Modules)];
    }

    // rec.weight_ih_l0: prefix "rec", role "weight_ih", layer 0. Cells have layer -1.
    private static (string Prefix, string Role, int Layer, bool Reverse) Parse(string name)
    {
        const string Reversed = "_reverse";
        var dot = name.LastIndexOf('.');
        var (prefix, leaf) = dot < 0 ? ("", name) : (name[..dot], name[(dot + 1)..]);
        var role = Roles.FirstOrDefault(r => leaf.StartsWith(r, StringComparison.Ordinal));
        if (role is null)
            return (prefix, leaf, -1, false);
        var rest = leaf[role.Length..];
        if (rest.Length == 0)
            return (prefix, role, -1, false);
        var reverse = rest.EndsWith(Reversed, StringComparison.Ordinal);
        var number = reverse ? rest[..^Reversed.Length] : rest;
        return number.StartsWith("_l", StringComparison.Ordinal)
            && int.TryParse(number.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var layer) && layer < MostLayers
            ? (prefix, role, layer, reverse)
            : (prefix, leaf, -1, false);
    }

    private bool Take(FileTensor tensor)
    {
        var (prefix, role, layer, reverse) = Parse(tensor.Name);
        var isRecurrent = Roles.Contains(role);
        if (!isRecurrent && !(role == "weight" && tensor.Shape.Count == 2) && !(role == "bias" && tensor.Shape.Count == 1))
            return false;
        if (!byPrefix.TryGetValue(prefix, out var group))
        {
            group = new Group(prefix);
            byPrefix.Add(prefix, group);
            groups.Add(group);
        }

        if (role == "weight")
            return group.Weight is null && (group.Weight = tensor) is not null;
        if (role == "bias")
            return group.Bias is null && (group.Bias = tensor) is not null;
        var key = (layer, reverse);
        if (!group.Directions.TryGetValue(key, out var direction))
            group.Directions.Add(key, direction = new TorchDirection());
        return direction.Take(role, tensor);
    }

    private IEnumerable<TorchModule> Modules(Group group)
    {
        if (group.Weight is not null && Linear(group, group.Weight) is { } linear)
            yield return linear;
        else if (group.Weight is null && group.Bias is not null)
            problems.Add($"tensor '{group.Bias.Name}' {group.Bias.ShapeText()} is a bias without a weight beside it");

        var layers = group.Directions.Keys.Select(key => key.Layer).Distinct().Order().ToList();
        var expected = layers is [-1, ..] ? -1 : 0;
        foreach (var layer in layers)
        {
            var name = layer < 0 ? group.Prefix : group.Prefix.Length == 0 ? $"l{layer}" : $"{group.Prefix}.l{layer}";
            if (layer != expected++)
                problems.Add($"'{name}': the layer before it is missing");
            if (Recurrent(group, name, layer) is { } recurrent)
                yield return recurrent;
        }
    }

    private TorchLinear? Linear(Group group, FileTensor weight)
    {
        var bias = group.Bias;
        if (weight.Count == 0 || !weight.Type.IsFloating() || bias is { Type: var type } && !type.IsFloating())
            problems.Add($"tensor '{weight.Name}' {weight.ShapeText()} of {weight.Type}: expected floating numbers, and some of them");
        else if (bias is not null && bias.Shape[0] != weight.Shape[0])
            problems.Add($"tensor '{bias.Name}' {bias.ShapeText()}: expected [{weight.Shape[0]}], as its weight is {weight.ShapeText()}");
        else
            return new TorchLinear(group.Prefix, weight, bias);
        return null;
    }

    private TorchRecurrent? Recurrent(Group group, string name, int layer)
    {
        if (!group.Directions.TryGetValue((layer, false), out var forward))
        {
            problems.Add($"'{name}': there is a reverse direction and no forward one");
            return null;
        }

        var (gates, hidden, problem) = forward.Sizes();
        List<TorchDirection> directions = [forward];
        if (problem is null && group.Directions.TryGetValue((layer, true), out var backward))
        {
            directions.Add(backward);
            (var gatesBack, var hiddenBack, problem) = backward.Sizes();
            if (problem is null
                && (gates != gatesBack || hidden != hiddenBack || !forward.WeightIh!.Shape.SequenceEqual(backward.WeightIh!.Shape)
                    || !forward.WeightHh!.Shape.SequenceEqual(backward.WeightHh!.Shape)))
            {
                problem = "its two directions have different sizes";
            }
        }

        if (problem is not null)
        {
            problems.Add($"'{name}': {problem}");
            return null;
        }

        var kind = gates switch { 4 => RecurrentKind.Lstm, 3 => RecurrentKind.Gru, _ => RecurrentKind.Rnn };
        return new TorchRecurrent(name, kind, hidden, directions);
    }

    private sealed class Group(string prefix)
    {
        public string Prefix { get; } = prefix;

        public Dictionary<(int Layer, bool Reverse), TorchDirection> Directions { get; } = [];

        public FileTensor? Weight { get; set; }

        public FileTensor? Bias { get; set; }
    }
}
