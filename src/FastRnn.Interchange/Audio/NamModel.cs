using System.Globalization;
using System.Text.Json;

namespace FastRnn.Interchange.Audio;

/// <summary>The object of a NAM file that holds the LSTM: the outermost one, or one of the <c>submodels</c> of a
/// <c>SlimmableContainer</c> (NAM 0.7), of which its player takes the last, the largest, unless it is told otherwise.</summary>
/// <param name="Root">The object.</param>
/// <param name="Assumptions">Which was taken.</param>
internal sealed record NamModel(JsonElement Root, IReadOnlyList<string> Assumptions)
{
    private const string Container = "SlimmableContainer";
    private const int Deepest = 4;

    /// <summary>Finds the model.</summary>
    /// <exception cref="ForeignFileException">It is of another architecture.</exception>
    public static NamModel Find(JsonElement root, AudioOptions options)
    {
        var assumptions = new List<string>();
        for (var depth = 0; depth < Deepest; depth++)
        {
            var architecture = Architecture(root);
            if (architecture == "LSTM")
                return new NamModel(root, assumptions);
            if (architecture != Container)
            {
                throw new ForeignFileException(
                    $"the architecture '{architecture}' is no recurrent network; expected LSTM, or a {Container} with one"
                        + (assumptions.Count > 0 ? $" ({string.Join("; ", assumptions)})" : ""));
            }

            root = Submodel(root, options, assumptions);
        }

        throw new ForeignFileException($"containers inside of each other: expected at most {Deepest}");
    }

    private static string Architecture(JsonElement root) => JsonRead.Property(root, "architecture") is { } value
        ? JsonRead.Text(value, "architecture")
        : throw new ForeignFileException("a submodel has no architecture");

    private static JsonElement Submodel(JsonElement root, AudioOptions options, List<string> assumptions)
    {
        const string Place = "config.submodels";
        if (JsonRead.Property(root, "config") is not { } config || JsonRead.Property(config, "submodels") is not { } all)
            throw new ForeignFileException($"{Place} of the {Container} is missing");
        var count = JsonRead.Array(all, Place).GetArrayLength();
        var index = options.Submodel ?? count - 1;
        if (index < 0 || index >= count)
            throw new ForeignFileException($"{Place}: expected the submodel {index}, got {count} of them");
        var words = all.EnumerateArray().Take(20).Select((one, i) => $"{i} {Describe(one)}");
        var why = options.Submodel is null ? ", the largest, as its player does" : "";
        assumptions.Add($"of the submodels {string.Join(", ", words)}, number {index} is taken{why}");
        return JsonRead.Property(all[index], "model") ?? throw new ForeignFileException($"{Place}[{index}].model is missing");
    }

    private static string Describe(JsonElement entry)
    {
        var upTo = JsonRead.Property(entry, "max_value") is { } value ? JsonRead.Number(value, "max_value") : 0;
        var architecture = JsonRead.Property(entry, "model") is { } model ? Architecture(model) : "nothing";
        return string.Create(CultureInfo.InvariantCulture, $"({architecture}, up to size {upTo})");
    }
}
