using System.Text.Json.Nodes;

namespace FastRnn.Interchange.Tests.Keras;

/// <summary>Changes of declarations.</summary>
internal static class KerasVariants
{
    /// <summary>A layer as Keras 3 declares it.</summary>
    public static JsonObject Layer(string className, string name, params (string Name, JsonNode? Value)[] options)
    {
        var config = new JsonObject { ["name"] = name };
        foreach (var (option, value) in options)
            config[option] = value;
        return new JsonObject { ["module"] = "keras.layers", ["class_name"] = className, ["config"] = config };
    }

    /// <summary>A Masking layer behind the input.</summary>
    public static void InsertMasking(JsonNode config) => Insert(config, 1, Layer("Masking", "masking", ("mask_value", 0.0)));

    public static void Insert(JsonNode config, int index, JsonObject layer) => config["config"]!["layers"]!.AsArray().Insert(index, layer);

    /// <summary>The same chain as a functional model of Keras 3.</summary>
    public static void MakeFunctional(JsonNode config)
    {
        var layers = config["config"]!["layers"]!.AsArray();
        string? before = null;
        foreach (var layer in layers)
        {
            layer!["name"] = Name(layer);
            layer["inbound_nodes"] = before is null ? new JsonArray() : [Call(before)];
            before = Name(layer);
        }

        config["class_name"] = "Functional";
        config["config"]!["input_layers"] = new JsonArray(Name(layers[0]!), 0, 0);
        config["config"]!["output_layers"] = new JsonArray(Name(layers[^1]!), 0, 0);
    }

    /// <summary>The same chain as a functional model of Keras 2, whose layers say less.</summary>
    public static void MakeFunctional2(JsonNode config)
    {
        MakeFunctional(config);
        foreach (var layer in config["config"]!["layers"]!.AsArray())
        {
            layer!.AsObject().Remove("module");
            var calls = layer["inbound_nodes"]!.AsArray();
            if (calls.Count == 0)
                continue;
            var before = calls[0]!["args"]![0]!["config"]!["keras_history"]![0]!.GetValue<string>();
            layer["inbound_nodes"] = new JsonArray(new JsonArray(new JsonArray(before, 0, 0, new JsonObject())));
        }

        config["config"]!["input_layers"] = new JsonArray(config["config"]!["input_layers"]!.DeepClone());
        config["config"]!["output_layers"] = new JsonArray(config["config"]!["output_layers"]!.DeepClone());
    }

    public static JsonObject Call(string source, string? mask = null, double? constant = null)
    {
        var arguments = new JsonArray(Tensor(source));
        if (constant is not null)
            arguments.Add(constant);
        var named = new JsonObject { ["training"] = false, ["mask"] = mask is null ? null : Tensor(mask) };
        return new JsonObject { ["args"] = arguments, ["kwargs"] = named };
    }

    private static JsonObject Tensor(string source) => new()
    {
        ["class_name"] = "__keras_tensor__",
        ["config"] = new JsonObject { ["dtype"] = "float32", ["keras_history"] = new JsonArray(source, 0, 0) },
    };

    private static string Name(JsonNode layer) => layer["config"]!["name"]!.GetValue<string>();
}
