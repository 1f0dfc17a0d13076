using System.Text.Json.Nodes;

using FastRnn.CompilerServices;
using FastRnn.Interchange.Export;

namespace FastRnn.Interchange.Keras.Declared;

/// <summary>Says a declaration of ours as Keras would declare the same chain of layers. A value is the number of the layer that puts it
/// out; with <see cref="Last"/> behind it, that layer's last step.</summary>
/// <param name="info">The declared model.</param>
internal sealed class KerasTarget(ModelInfo info) : IExportTarget
{
    private const string Last = " last";
    private readonly List<JsonObject> layers = [];
    private readonly List<string> problems = [];
    private bool isReversed;

    /// <summary>The layers from input to output.</summary>
    public IReadOnlyList<JsonObject> Layers => layers;

    /// <summary>What Keras' layers have no word for.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <inheritdoc/>
    public string? Obstacle(RecurrentGroup group) =>
        KerasCell.Of(group.First.Cell) is null
            ? $"Keras has no layer with its equations; the cells that have one are {KerasCell.Names}"
            : ZoneoutEquations.AreNeeded(group.First)
                ? "its units are held by a zoneout, which Keras' layers do not have"
            : group.First.Wiring.Starts.Any(s => s.Kind == StartKind.Learned)
                ? "its first states are learned, those of Keras' layers are zeros"
                : null;

    /// <inheritdoc/>
    public string Input()
    {
        var isVector = info.Input == InputKind.Vector;
        Add("InputLayer", "input", ("batch_shape", isVector ? new JsonArray(null, null, info.InputSize) : new JsonArray(null, null)));
        if (info.Input == InputKind.Mixed)
            problems.Add($"{info.Name} has several inputs: a chain of Keras' layers has one");
        if (info.Input == InputKind.OneHot)
            problems.Add($"{info.Name} reads tokens without an [Embedding]: Keras' recurrent layers read vectors");
        return isVector
            ? Current
            : Add("Embedding", "embedding", ("input_dim", info.Vocabulary), ("output_dim", info.InputSize));
    }

    /// <inheritdoc/>
    public IReadOnlyList<Flow> Recurrent(RecurrentGroup group, string x, bool isBackward)
    {
        var cell = KerasCell.Of(group.First.Cell)!;
        var name = $"{cell.ClassName.ToLowerInvariant()}_{group.Suffix}";
        Follow(name, x);

        // A layer of Keras that goes backwards leaves its steps in that order, so the next one goes backwards to read them forward.
        var goesBackwards = isBackward != isReversed;
        var layer = Layer(
            cell.ClassName, name, ("units", group.First.HiddenSize), ("activation", cell.Activation), ("use_bias", cell.HasBias),
            ("return_sequences", true), ("go_backwards", goesBackwards));
        if (cell.Kind != Declarations.KerasKind.SimpleRnn)
            layer["config"]!["recurrent_activation"] = "sigmoid";
        if (cell.ResetsAfter)
            layer["config"]!["reset_after"] = true;
        isReversed = isBackward;
        if (group.Layers.Count == 1)
        {
            layers.Add(layer);
            return [new(Current, Last: Current + Last)];
        }

        Add("Bidirectional", $"bidirectional_{group.Suffix}", ("merge_mode", "concat"), ("layer", layer));
        return [new(Current, Last: Current + Last, Side: 0), new(Current, Last: Current + Last, Side: 1)];
    }

    /// <inheritdoc/>
    public string Dense(LayerInfo layer, string x)
    {
        var tensor = layer.Tensors[0].Name;
        var name = tensor[..Math.Max(0, tensor.LastIndexOf('.'))];
        Follow(name, x);
        return Add("Dense", name, ("units", layer.OutputSize), ("use_bias", layer.Parameters.Count > 1));
    }

    /// <inheritdoc/>
    public string Activation(DenseActivation function, string x)
    {
        Follow(function.ToString(), x);
        return function == DenseActivation.LeakyRelu
            ? Add("LeakyReLU", "leaky_relu", ("negative_slope", 0.01))
            : Add("Activation", function.ToString(), ("activation", function switch
            {
                DenseActivation.HardSigmoid => "hard_sigmoid",
                DenseActivation.HardTanh => "hard_tanh",
                DenseActivation.LogSoftmax => "log_softmax",
                _ => function.ToString().ToLowerInvariant(),
            }));
    }

    /// <inheritdoc/>
    public string Scale(float factor, string x)
    {
        Follow("scale", x);
        return Add("Rescaling", "scale", ("scale", factor));
    }

    /// <inheritdoc/>
    public string Skip(string y, string x, int size) => None("[Skip]");

    /// <inheritdoc/>
    public string Side(Flow flow) => None("one direction alone of a bidirectional layer");

    /// <inheritdoc/>
    public string JoinSides(Flow first, LayerOperation join)
    {
        if (join == LayerOperation.Sum)
            layers[^1]["config"]!["merge_mode"] = "sum";
        Follow("bidirectional", first.Name);
        return Current;
    }

    /// <inheritdoc/>
    public string Join(LayerOperation join, IReadOnlyList<string> values) => None($"layers beside each other ({join})");

    /// <inheritdoc/>
    public string Reverse(string x) => None("a reversal of the steps");

    /// <inheritdoc/>
    public string Pool(LayerOperation pool, string x)
    {
        if (pool == LayerOperation.PoolLast)
            return None("[Pool(Pooling.Last)] that does not stand just behind a recurrent layer (return_sequences=False)");
        Follow(pool.ToString(), x);
        return pool == LayerOperation.PoolMean
            ? Add("GlobalAveragePooling1D", "pool_mean")
            : Add("GlobalMaxPooling1D", "pool_max");
    }

    /// <summary>The end of the model.</summary>
    /// <param name="y">Its output.</param>
    public void Finish(string y)
    {
        Follow("output", y);
        if (info.SoftmaxOutput || info.LogSoftmaxOutput)
            Activation(info.SoftmaxOutput ? DenseActivation.Softmax : DenseActivation.LogSoftmax, Current);
    }

    private string Current => $"{layers.Count - 1}";

    // Reads the layer before, or its last step, which only that layer itself can give.
    private void Follow(string name, string x)
    {
        if (x == Current + Last)
        {
            var layer = layers[^1]["config"]!;
            (layer["layer"]?["config"] ?? layer)["return_sequences"] = false;
        }
        else if (x != Current && problems.Count == 0)
        {
            problems.Add($"{info.Name}: {name} reads another layer than the one before: Keras' models are understood as chains");
        }
    }

    private string None(string what)
    {
        problems.Add($"{info.Name} has {what}: a chain of Keras' layers has nothing like it");
        return Current;
    }

    private string Add(string className, string name, params (string Name, JsonNode? Value)[] options)
    {
        layers.Add(Layer(className, name, options));
        return Current;
    }

    private static JsonObject Layer(string className, string name, params (string Name, JsonNode? Value)[] options)
    {
        var config = new JsonObject { ["name"] = name };
        foreach (var (option, value) in options)
            config[option] = value;
        return new JsonObject { ["class_name"] = className, ["config"] = config };
    }
}
