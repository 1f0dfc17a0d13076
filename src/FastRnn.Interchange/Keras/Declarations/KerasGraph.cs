using System.Text.Json;

namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>Finds the chain in a functional model: one input, one output, every layer called once with the one before.</summary>
internal sealed class KerasGraph
{
    private const int MostShown = 20;

    private readonly string name;
    private readonly Dictionary<string, KerasNode> nodes = new(StringComparer.Ordinal);
    private readonly List<string> problems = [];
    private readonly HashSet<KerasLayer> masked = [];
    private readonly List<KerasLayer> chain = [];

    /// <summary>Walks from the output to the input.</summary>
    /// <param name="name">For messages.</param>
    /// <param name="layers">The layers that were read.</param>
    /// <param name="declared">What the file says of each.</param>
    /// <param name="config">The model's options.</param>
    public KerasGraph(string name, IReadOnlyList<KerasLayer> layers, JsonElement declared, JsonElement config)
    {
        this.name = name;
        foreach (var (layer, json) in layers.Zip(declared.EnumerateArray()))
        {
            if (!nodes.TryAdd(layer.Name, KerasNode.Read(layer, json)))
                throw new ForeignFileException($"{name}: two layers are called '{layer.Name}'");
        }

        Walk(
            End(config, "input_layers", "input", "a network reads one sequence: save the part of the model that does"),
            End(config, "output_layers", "output", "save a model of each one, keras.Model(inputs, one of the outputs), and import that"));
        if (problems.Count > 0)
            chain.Clear();
    }

    /// <summary>The layers from input to output; empty if there are problems.</summary>
    public IReadOnlyList<KerasLayer> Chain => chain;

    /// <summary>Layers of the chain that are given the mask explicitly.</summary>
    public IReadOnlySet<KerasLayer> Masked => masked;

    public IReadOnlyList<string> Problems => problems;

    // [["a", 0, 0]] in Keras 2, ["a", 0, 0] in Keras 3 if there is one.
    private string? End(JsonElement config, string option, string what, string help)
    {
        var ends = new List<string>();
        if (config.Find(option) is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (var item in list.EnumerateArray())
            {
                var end = item.ValueKind == JsonValueKind.Array && item.GetArrayLength() > 0 ? item[0] : item;
                if (((JsonElement?)end).AsText() is { } layer)
                    ends.Add(layer);
            }
        }

        if (ends.Count == 1 && nodes.ContainsKey(ends[0]))
            return ends[0];
        problems.Add(ends.Count > 1
            ? $"the model has {ends.Count} {what}s: {string.Join(", ", ends.Take(MostShown).Select(Port))}; {help}"
            : $"'{option}': expected one layer of the model, got [{string.Join(", ", ends)}]");
        return null;
    }

    // With what the file says of its shape: of an input all, of a layer its units.
    private string Port(string end)
    {
        if (!nodes.TryGetValue(end, out var node))
            return $"'{end}' (no layer of the model)";
        var layer = node.Layer;
        var input = layer.Option("batch_shape") ?? layer.Option("batch_input_shape");
        string[]? sizes = input is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray().Take(MostShown).Select(Size)]
            : layer.Parts[0].Option("units") is { } units ? ["?", Size(units)]
            : null;
        var shape = sizes is null ? "of a shape that the file does not say" : $"[{string.Join(", ", sizes)}]";
        return $"'{end}' ({layer.ClassName}, {shape})";

        static string Size(JsonElement size) => size.ValueKind == JsonValueKind.Number ? size.GetRawText() : "?";
    }

    private void Walk(string? first, string? last)
    {
        if (first is null || last is null)
            return;

        var reached = new HashSet<string>(StringComparer.Ordinal);
        for (var at = nodes[last]; ;)
        {
            if (!reached.Add(at.Layer.Name))
                throw new ForeignFileException($"{name}: {at.Layer.Where} reads its own output");
            chain.Add(at.Layer);
            if (at.Calls > 1)
            {
                problems.Add(
                    $"{at.Layer.Where} is called {at.Calls} times (shared); only chains, whose layers are called once, are understood");
            }

            if (at.Layer.Name == first)
                break;
            if (at.Sources.Count != 1 || !nodes.TryGetValue(at.Sources[0], out var source))
            {
                problems.Add(
                    $"{at.Layer.Where} reads [{string.Join(", ", at.Sources)}]; only chains, whose layers read one other, are "
                        + "understood" + (at.Layer.ClassName == "Add" ? "; the input added to an output is understood in ONNX files" : ""));
                return;
            }

            CheckMask(at, reached);
            at = source;
        }

        chain.Reverse();
        foreach (var node in nodes.Values.Where(n => !reached.Contains(n.Layer.Name)))
            problems.Add($"{node.Layer.Where} stands beside the chain from '{first}' to '{last}'; only chains are understood");
    }

    // Keras 3 declares the operations that make a mask as layers: NotEqual(tokens, 0); NotEqual(x, value) and Any of it for Masking.
    private void CheckMask(KerasNode node, HashSet<string> reached)
    {
        if (node.Mask is null)
            return;

        var mask = nodes.GetValueOrDefault(node.Mask);
        var any = mask?.Layer.ClassName == "Any" ? mask : null;
        var compare = any is { Sources.Count: 1 } ? nodes.GetValueOrDefault(any.Sources[0]) : mask;
        var maker = nodes.Values.FirstOrDefault(
            n => n.Layer.Kind == (any is null ? KerasKind.Embedding : KerasKind.Masking)
                && compare is { Layer.ClassName: "NotEqual", Sources.Count: 1 } && n.Sources.SequenceEqual(compare.Sources));
        var value = maker?.Layer.Kind == KerasKind.Masking ? maker.Layer.Number("mask_value", 0) : 0;
        if (maker is null || compare!.Constant != value || (any is null && !maker.Layer.Flag("mask_zero", false)))
        {
            problems.Add(
                $"{node.Layer.Where} is given the mask '{node.Mask}'; only masks of an Embedding or a Masking layer are understood");
            return;
        }

        reached.Add(compare.Layer.Name);
        if (any is not null)
            reached.Add(any.Layer.Name);
        masked.Add(node.Layer);
    }
}
