using System.Text.Json;

namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>A layer as a file declares it: its class and its options.</summary>
internal sealed class KerasLayer
{
    private readonly JsonElement config;
    private readonly bool isMirror;

    /// <summary>A layer of a class with its options.</summary>
    /// <param name="className">Keras' name of the class, or a custom object's.</param>
    /// <param name="name">The layer's name.</param>
    /// <param name="kind">What it is; null if it is not known.</param>
    /// <param name="config">Its options.</param>
    /// <param name="inner">The layer that it wraps; of a Bidirectional the forward and the backward one.</param>
    /// <param name="isMirror">Whether it is the other direction of a layer of Keras 2, which declares only one.</param>
    public KerasLayer(
        string className, string name, KerasKind? kind, JsonElement config, IReadOnlyList<KerasLayer>? inner = null, bool isMirror = false)
    {
        (ClassName, Name, Kind, Inner) = (className, name, kind, inner ?? []);
        (this.config, this.isMirror) = (config, isMirror);
    }

    public string ClassName { get; }

    public string Name { get; }

    public KerasKind? Kind { get; }

    /// <summary>The layers that it wraps.</summary>
    public IReadOnlyList<KerasLayer> Inner { get; }

    /// <summary>For messages.</summary>
    public string Where => $"layer '{Name}' ({ClassName})";

    public bool HasBias => Flag("use_bias", true);

    /// <summary>Whether it reads each sequence from its end.</summary>
    public bool GoesBackwards => Flag("go_backwards", false) != isMirror;

    public bool ReturnsSequences => Flag("return_sequences", false);

    public bool ZerosMasked => Flag("zero_output_for_mask", false);

    /// <summary>Itself, or what it wraps: the layers that have weights, in the order in which Keras holds them.</summary>
    public IReadOnlyList<KerasLayer> Parts => Inner.Count > 0 ? Inner : [this];

    /// <summary>The same layer, read from the other end.</summary>
    public KerasLayer Mirror(string name) => new(ClassName, name, Kind, config, Inner, isMirror: !isMirror);

    /// <summary>An option; null if it is not there or None.</summary>
    public JsonElement? Option(string option)
    {
        // Keras 3 wraps numbers that were arrays of its backend or of NumPy.
        var value = config.Find(option);
        return value?.Find("class_name").AsText() is "__tensor__" or "__numpy__" ? value?.Find("config")?.Find("value") : value;
    }

    public bool Flag(string option, bool otherwise) => Option(option) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        var other => throw Wrong(option, "true or false", other.Value),
    };

    public string? Text(string option) =>
        Option(option) is { } value ? ((JsonElement?)value).AsText() ?? throw Wrong(option, "a text", value) : null;

    /// <summary>A positive number that must be there.</summary>
    public int Count(string option)
    {
        if (Option(option) is not { } value)
            throw new ForeignFileException($"{Where}: '{option}' is missing");

        // Keras takes 16.0 for 16.
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            && number is >= 1 and <= int.MaxValue && number == Math.Floor(number)
            ? (int)number
            : throw Wrong(option, $"a whole number from 1 to {int.MaxValue}", value);
    }

    public double Number(string option, double otherwise)
    {
        if (Option(option) is not { } value)
            return otherwise;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Wrong(option, "a number", value);
    }

    private ForeignFileException Wrong(string option, string expected, JsonElement value) =>
        new($"{Where}: '{option}': expected {expected}, got {value.ValueKind} {Short(value)}");

    private static string Short(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 60 ? text : text[..60] + "...";
    }
}
