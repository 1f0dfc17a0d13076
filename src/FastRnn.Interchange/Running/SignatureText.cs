using System.Text.Json;
using System.Text.Json.Serialization;

using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Running;

/// <summary>A signature as the text that lies beside the weights, so that a model can be run by the file's names without the
/// file.</summary>
internal static class SignatureText
{
    /// <summary>The key of the text in a weights file.</summary>
    public const string MetadataKey = "fastrnn.signature";

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        MaxDepth = 8,
        AllowDuplicateProperties = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public static string Write(Signature signature) => JsonSerializer.Serialize(signature, Options);

    /// <summary>Reads one back.</summary>
    /// <param name="path">The file in which it stands.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="ForeignFileException">It is damaged.</exception>
    public static Signature Read(string path, string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Signature>(text, Options) ?? throw new ForeignFileException($"{path}: the signature is null");
        }
        catch (JsonException e)
        {
            throw new ForeignFileException($"{path}: the signature is damaged: {e.Message}", e);
        }
    }
}
