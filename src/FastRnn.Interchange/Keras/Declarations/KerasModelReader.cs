using System.Text.Json;

namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>Reads a model's declaration: <c>config.json</c> of a .keras file, the attribute <c>model_config</c> of an .h5 file.</summary>
internal static class KerasModelReader
{
    private const int MostLayers = 4096;

    /// <summary>Reads it.</summary>
    /// <param name="name">Where it stands, for messages.</param>
    /// <param name="root">The JSON.</param>
    /// <param name="version">Who wrote it; null if that is not known.</param>
    /// <exception cref="ForeignFileException">It is no declaration of a model.</exception>
    public static KerasModel Read(string name, JsonElement root, KerasVersion? version)
    {
        var className = root.Find("class_name").AsText();
        if (root.Find("config") is not { } config || className is null)
            throw new ForeignFileException($"{name}: expected a model's 'class_name' and 'config'");

        // Keras 2.0 and 2.1 wrote the layers of a Sequential without anything around them.
        var declared = config.ValueKind == JsonValueKind.Array ? config : config.Find("layers");
        if (declared is not { ValueKind: JsonValueKind.Array } array)
            throw new ForeignFileException($"{name}: the model '{className}' declares no list of layers");
        if (array.GetArrayLength() is 0 or > MostLayers)
            throw new ForeignFileException($"{name}: expected 1 to {MostLayers} layers, got {array.GetArrayLength()}");

        var layers = array.EnumerateArray().Select((layer, i) => ReadLayer($"{name}: layer {i}", layer)).ToList();
        var modelName = config.Find("name").AsText() ?? className;
        if (className == "Sequential" && !IsCustom(root))
            return new KerasModel(modelName, version, layers, layers, new HashSet<KerasLayer>(), []);
        if (className is not ("Functional" or "Model") || IsCustom(root))
        {
            var problem = $"the model is a '{className}', a class of its own: only Sequential and functional models are declared in full";
            return new KerasModel(modelName, version, layers, [], new HashSet<KerasLayer>(), [problem]);
        }

        var graph = new KerasGraph(name, layers, array, config);
        return new KerasModel(modelName, version, layers, graph.Chain, graph.Masked, graph.Problems);
    }

    private static KerasLayer ReadLayer(string where, JsonElement layer, bool isInner = false)
    {
        var className = layer.Find("class_name").AsText();
        if (className is null || layer.Find("config") is not { ValueKind: JsonValueKind.Object } config)
            throw new ForeignFileException($"{where}: expected 'class_name' and 'config'");

        var name = config.Find("name").AsText() ?? layer.Find("name").AsText() ?? className;
        var kind = IsCustom(layer) ? null : KerasKinds.Find(className);
        if (kind is not (KerasKind.Bidirectional or KerasKind.TimeDistributed))
            return new KerasLayer(className, name, kind, config);
        if (isInner || config.Find("layer") is not { } wrapped)
            return new KerasLayer(className, name, null, config);

        var inner = ReadLayer($"{where}, its layer", wrapped, isInner: true);
        if (kind == KerasKind.TimeDistributed)
            return new KerasLayer(className, name, kind, config, [inner]);
        var backward = config.Find("backward_layer") is { } declared
            ? ReadLayer($"{where}, its backward layer", declared, isInner: true)
            : inner.Mirror($"backward_{inner.Name}");
        return new KerasLayer(className, name, kind, config, [inner, backward]);
    }

    // Objects of a user carry a registered name or another module; a user may well have called his layer LSTM.
    private static bool IsCustom(JsonElement layer)
    {
        var module = layer.Find("module").AsText();
        var registered = layer.Find("registered_name").AsText();
        return module is not null ? module.Split('.')[0] is not ("keras" or "tf_keras") : registered is not null;
    }
}
