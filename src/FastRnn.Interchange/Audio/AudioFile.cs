using System.Text.Json;
using FastRnn.Interchange.Files;

namespace FastRnn.Interchange.Audio;

/// <summary>Opens models of audio players. All of them are JSON; their names tell them apart.</summary>
internal static class AudioFile
{
    private const int MostShownNames = 20;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What may be chosen.</param>
    /// <exception cref="ForeignFileException">It is of none of the known dialects (what it holds is listed), or damaged.</exception>
    public static IForeignModel Open(string path, AudioOptions? options = null)
    {
        using var file = JsonFile.Open(path);
        try
        {
            return Read(file, options ?? new AudioOptions());
        }
        catch (ForeignFileException e)
        {
            throw new ForeignFileException($"{path}: {e.Message}", e);
        }
    }

    private static IForeignModel Read(JsonFile file, AudioOptions options)
    {
        var root = file.Root;
        if (JsonRead.Property(root, "architecture") is not null)
            return NamFile.Read(root, options);
        if (JsonRead.Property(root, "layers") is not null && JsonRead.Property(root, "in_shape") is not null)
            return RtNeuralFile.Read(root);
        if (JsonRead.Property(root, "state_dict") is { ValueKind: JsonValueKind.Object } inner)
            return TorchJsonFile.Read(root, inner);
        if (root.EnumerateObject().Any(p => JsonRead.Name(p).Contains("weight_hh", StringComparison.Ordinal)))
            return TorchJsonFile.Read(null, root);

        var names = root.EnumerateObject().Take(MostShownNames).Select(p => $"{JsonRead.Name(p)} ({Kind(p.Value)})");
        throw new ForeignFileException(
            "it is none of the known models: 'architecture' (NAM), 'in_shape' and 'layers' (RTNeural, AIDA-X), 'state_dict' (Proteus) or "
                + $"names as 'rec.weight_hh_l0' (PyTorch); its names are: {string.Join(", ", names)}");
    }

    private static string Kind(JsonElement value) => value.ValueKind.ToString().ToLowerInvariant();
}
