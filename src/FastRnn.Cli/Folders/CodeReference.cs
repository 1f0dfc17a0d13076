using System.Text.Json.Serialization;

namespace FastRnn.Cli.Folders;

/// <summary>The user's code in a model's folder, as <c>config.json</c> names it: nothing else in the folder is ever compiled.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CodeReference
{
    /// <summary><c>cell.cs</c> or <c>declaration.cs</c>, beside <c>config.json</c>.</summary>
    [JsonRequired]
    public string? File { get; init; }

    /// <summary>SHA-256 of its bytes, in hexadecimal.</summary>
    [JsonRequired]
    public string? Sha256 { get; init; }
}
