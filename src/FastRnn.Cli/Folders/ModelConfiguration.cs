using System.Text.Json.Serialization;

using FastRnn.Cli.Models;
using FastRnn.CompilerServices;

namespace FastRnn.Cli.Folders;

/// <summary>What <c>config.json</c> says: which of this program's models the weights belong to, and its sizes.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ModelConfiguration
{
    /// <summary>The version of the folder's layout that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The only kind of vocabulary yet.</summary>
    public const string Bytes = "bytes";

    [JsonRequired]
    public int FormatVersion { get; init; }

    [JsonRequired]
    public string Cell { get; init; } = "";

    [JsonRequired]
    public string Vocabulary { get; init; } = "";

    [JsonRequired]
    public int VocabularySize { get; init; }

    [JsonRequired]
    public int EmbeddingSize { get; init; }

    [JsonRequired]
    public IReadOnlyList<int>? HiddenSizes { get; init; } = [];

    [JsonRequired]
    public int Parameters { get; init; }

    /// <summary>The configuration of a model of this program.</summary>
    public static ModelConfiguration Of(string cell, ModelInfo info) => new()
    {
        FormatVersion = CurrentVersion,
        Cell = cell,
        Vocabulary = Bytes,
        VocabularySize = info.Vocabulary,
        EmbeddingSize = info.InputSize,
        HiddenSizes = [.. info.Layers.Where(layer => layer.IsRecurrent).Select(layer => layer.HiddenSize)],
        Parameters = info.ParameterCount,
    };

    /// <summary>What does not fit this program, or null.</summary>
    public string? Problem()
    {
        if (FormatVersion != CurrentVersion)
        {
            return $"format_version: expected {CurrentVersion}, got {FormatVersion}";
        }

        return Array.IndexOf(ByteModels.Cells, Cell) < 0
            ? $"cell: expected one of {string.Join(", ", ByteModels.Cells)}, got '{Cell}'"
            : ByteModels.Run(Cell, new Comparison(this));
    }

    // What was read from a file may be null, whatever the declaration says.
    private static string? Differ(string key, object expected, object? got) =>
        expected.Equals(got) ? null : $"{key}: expected {expected}, got {got ?? "null"}";

    private sealed class Comparison(ModelConfiguration got) : IByteModelTask<string?>
    {
        public string? Run<TModel>(Func<int, TModel> create)
            where TModel : class, IModel<TModel>, ITokenModel
        {
            var expected = Of(got.Cell, TModel.Info);
            return Differ("vocabulary", expected.Vocabulary, got.Vocabulary)
                ?? Differ("vocabulary_size", expected.VocabularySize, got.VocabularySize)
                ?? Differ("embedding_size", expected.EmbeddingSize, got.EmbeddingSize)
                ?? Differ("hidden_sizes", string.Join(", ", expected.HiddenSizes!),
                    got.HiddenSizes is null ? "null" : string.Join(", ", got.HiddenSizes))
                ?? Differ("parameters", expected.Parameters, got.Parameters);
        }
    }
}
