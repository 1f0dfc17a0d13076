namespace FastRnn.Files;

/// <summary>Names and sizes of the element types.</summary>
internal static class TensorTypes
{
    private static readonly Dictionary<string, TensorType> ByName =
        Enum.GetValues<TensorType>().ToDictionary(t => t.ToString(), StringComparer.Ordinal);

    /// <summary>All names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", Enum.GetNames<TensorType>());

    /// <summary>The type of this very name: neither a number nor another case will do.</summary>
    public static bool TryParse(string name, out TensorType type) => ByName.TryGetValue(name, out type);

    /// <summary>Bytes of one element.</summary>
    public static int Size(this TensorType type) => type switch
    {
        <= TensorType.F8_E4M3 => 1,
        <= TensorType.BF16 => 2,
        <= TensorType.F32 => 4,
        _ => 8,
    };
}
