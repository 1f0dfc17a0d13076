using System.Text.Json;

namespace FastRnn.Interchange.Keras.Declarations;

/// <summary>Reads which function an option names.</summary>
internal static class KerasFunctionName
{
    /// <summary>Keras' name of the function, <c>linear</c> for None. A function of a user, or a layer in its place, gives a name that no
    /// table has.</summary>
    public static string Function(this KerasLayer layer, string option)
    {
        var value = layer.Option(option);
        if (value is null)
            return "linear";
        if (value.AsText() is { } name)
            return name;

        var module = value?.Find("module").AsText() ?? "";
        var function = value?.Find("config").AsText();
        if (function is not null && module.StartsWith("keras", StringComparison.Ordinal))
            return function;
        var className = value?.Find("registered_name").AsText() ?? value?.Find("class_name").AsText();
        return $"{function ?? className ?? value?.GetRawText()} (custom)";
    }

    /// <summary>A number by its name in Keras 3, or in Keras 2.</summary>
    public static double Number(this KerasLayer layer, string option, string before, double otherwise) =>
        layer.Option(option) is null ? layer.Number(before, otherwise) : layer.Number(option, otherwise);

    /// <summary>Whether an option is a single number: Rescaling also takes lists.</summary>
    public static bool IsNumber(this KerasLayer layer, string option) =>
        layer.Option(option) is null or { ValueKind: JsonValueKind.Number };
}
