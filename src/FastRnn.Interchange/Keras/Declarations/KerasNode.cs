using System.Text.Json;

namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>How a layer of a functional model is called.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Calls">How often it is called.</param>
/// <param name="Sources">The layers whose outputs it reads in its first call.</param>
/// <param name="Mask">The layer whose output is its mask, if one is given.</param>
/// <param name="Constant">The number that an operation is given beside its source.</param>
internal sealed record KerasNode(KerasLayer Layer, int Calls, IReadOnlyList<string> Sources, string? Mask, double? Constant)
{
    /// <summary>Reads <c>inbound_nodes</c>.</summary>
    public static KerasNode Read(KerasLayer layer, JsonElement declared)
    {
        if (declared.Find("inbound_nodes") is not { ValueKind: JsonValueKind.Array } calls || calls.GetArrayLength() == 0)
            return new KerasNode(layer, 0, [], null, null);

        var call = calls[0];
        var sources = new List<string>();
        if (call.ValueKind != JsonValueKind.Object)
        {
            // Keras 2: [["layer", node, tensor, {arguments}], ...]; a single source may stand alone.
            FindHistories(call, sources);
            return new KerasNode(layer, calls.GetArrayLength(), sources, null, null);
        }

        // Keras 3: {"args": [tensors and numbers], "kwargs": {"mask": tensor, "training": false}}.
        double? constant = null;
        if (call.Find("args") is { } arguments)
        {
            FindTensors(arguments, sources);
            if (arguments.ValueKind == JsonValueKind.Array && arguments.GetArrayLength() == 2
                && arguments[1].ValueKind == JsonValueKind.Number && arguments[1].TryGetDouble(out var number))
            {
                constant = number;
            }
        }

        var masks = new List<string>();
        if (call.Find("kwargs") is { ValueKind: JsonValueKind.Object } named)
        {
            foreach (var argument in named.EnumerateObject())
                FindTensors(argument.Value, argument.NameEquals("mask") ? masks : sources);
        }

        // More than one mask is as strange as a layer with two sources, and told as that.
        sources.AddRange(masks.Skip(1));
        return new KerasNode(layer, calls.GetArrayLength(), sources, masks.FirstOrDefault(), constant);
    }

    private static void FindHistories(JsonElement element, List<string> found)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            // Arguments by name: states that a layer is given, for example, are ["layer", node, tensor], too.
            foreach (var argument in element.EnumerateObject())
                FindHistories(argument.Value, found);
            return;
        }

        if (element.ValueKind != JsonValueKind.Array)
            return;
        var isHistory = element.GetArrayLength() >= 3 && element[0].ValueKind == JsonValueKind.String
            && element[1].ValueKind == JsonValueKind.Number && element[2].ValueKind == JsonValueKind.Number;
        if (isHistory)
            found.Add(((JsonElement?)element[0]).AsText() ?? "");
        foreach (var item in element.EnumerateArray())
            FindHistories(item, found);
    }

    private static void FindTensors(JsonElement element, List<string> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                FindTensors(item, found);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.Find("class_name").AsText() == "__keras_tensor__")
                found.Add(LayerOf(element.Find("config")?.Find("keras_history")));
            else
                foreach (var property in element.EnumerateObject())
                    FindTensors(property.Value, found);
        }
    }

    private static string LayerOf(JsonElement? history) =>
        history is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0 ? ((JsonElement?)list[0]).AsText() ?? "" : "";
}
