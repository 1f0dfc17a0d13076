using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

using FastRnn.Interchange.Export;
using FastRnn.Interchange.Keras.Declarations;
using FastRnn.Interchange.Keras.Hdf5;
using FastRnn.Interchange.Keras.Weights;

namespace FastRnn.Interchange.Keras.Declared;

/// <summary>The model of Keras that a declaration of ours is, so that a file of weights alone is read, run by Keras' rules and understood
/// as if Keras' own declaration lay beside it.</summary>
internal sealed partial class DeclaredModel
{
    private readonly ModelInfo info;
    private readonly HdfGroup root;
    private readonly IReadOnlyList<JsonObject> layers;
    private readonly List<string> problems;
    private readonly List<string> assumptions = [];

    private DeclaredModel(ModelInfo info, HdfGroup root)
    {
        var target = new KerasTarget(info);
        target.Finish(new WiringWalk(info, target, "cannot be filled from a file of Keras").Run());
        (this.info, this.root, layers, problems) = (info, root, target.Layers, [.. target.Problems]);
    }

    /// <summary>The model.</summary>
    /// <param name="info">The declaration.</param>
    /// <param name="root">The root of the weights: what it holds decides whether a dense layer stands in a TimeDistributed, and whether
    /// layers have biases.</param>
    /// <exception cref="ForeignFileException">Cells or layers are none of Keras': the message names all of them.</exception>
    public static KerasModel Read(ModelInfo info, HdfGroup root)
    {
        var model = new DeclaredModel(info, root);
        model.assumptions.Add(
            $"what is computed is what {info.Name} declares: the file holds numbers only, so whether Keras' model had the same functions, "
                + "directions and layers without weights, and no masks, cannot be seen in it");
        if (!KerasWeights.IsByName(root))
            model.WrapDense();
        model.DropBiases();
        return model.Model();
    }

    // A file says the class of each layer: a dense layer that looks at each step may be called either way.
    private void WrapDense()
    {
        if (ClassStore.Container(root) is not { } container)
            return;
        var wrapped = container.Groups.Keys.Count(name => Distributed().IsMatch(name));
        var plain = container.Groups.Keys.Count(name => Plain().IsMatch(name));
        List<int> dense = [.. Enumerable.Range(0, layers.Count).Where(i => ClassOf(layers[i]) == "Dense" && !IsBehindPool(i))];
        if (wrapped == 0)
            return;
        if (dense.Count != wrapped)
        {
            problems.Add(
                $"{info.Name} has {dense.Count} dense layers that look at each step, the file {wrapped} TimeDistributed and {plain} Dense: "
                    + "which is which is not said; Keras' own config.json says it");
            return;
        }

        foreach (var layer in dense.Select(i => layers[i]))
        {
            var inner = new JsonObject { ["class_name"] = "Dense", ["config"] = layer["config"]!.DeepClone() };
            layer["class_name"] = "TimeDistributed";
            layer["config"] = new JsonObject { ["name"] = layer["config"]!["name"]!.DeepClone(), ["layer"] = inner };
        }
    }

    // The biases of a layer that has none in the file are zeros here.
    private void DropBiases()
    {
        var model = Model();
        var store = KerasWeights.StoreOf(model, root);
        foreach (var (layer, json) in model.Layers.Zip(layers))
        {
            var lacks = layer.Parts.All(p => p.HasBias && p.Kind is { } kind && kind != KerasKind.Embedding
                && kind.Weights(hasBias: false) is { Count: > 0 } names && store.Of(p)?.Count == names.Count);
            if (!lacks)
                continue;
            var config = json["config"]!;
            (config["layer"]?["config"] ?? config)["use_bias"] = false;
            assumptions.Add($"{layer.Where}: the file has no bias (use_bias=False); those of the declaration are zeros");
        }
    }

    private KerasModel Model()
    {
        var array = new JsonArray([.. layers.Select(l => l.DeepClone())]);
        var config = new JsonObject
        {
            ["class_name"] = "Sequential",
            ["config"] = new JsonObject { ["name"] = info.Name, ["layers"] = array },
        };

        // The hard sigmoid of a declaration is that of Keras 3; nothing else depends on the version where nothing is masked.
        var rules = new KerasVersion(3, 0, $"3, which is what {info.Name} declares");
        var model = KerasModelReader.Read(info.Name, JsonSerializer.SerializeToElement(config), rules);
        return model with { Problems = problems, Assumptions = assumptions };
    }

    private bool IsBehindPool(int index) => layers.Take(index).Any(l =>
        ClassOf(l).StartsWith("Global", StringComparison.Ordinal)
        || (l["config"]!["layer"]?["config"] ?? l["config"]!)["return_sequences"]?.GetValue<bool>() == false);

    private static string ClassOf(JsonObject layer) => layer["class_name"]!.GetValue<string>();

    [GeneratedRegex("^time_distributed(_[0-9]+)?$")]
    private static partial Regex Distributed();

    [GeneratedRegex("^dense(_[0-9]+)?$")]
    private static partial Regex Plain();
}
