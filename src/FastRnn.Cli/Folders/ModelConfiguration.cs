using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

using FastRnn.Cli.Models;
using FastRnn.Data;

namespace FastRnn.Cli.Folders;

/// <summary>What <c>config.json</c> says: what the model is made of to which the weights belong.</summary>
/// <remarks>What a model of the first version did not have may be missing, so that its folders are those of today.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ModelConfiguration
{
    /// <summary>The version of the folder's layout that this program writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The only kind of vocabulary yet.</summary>
    public const string Bytes = "bytes";

    [JsonRequired]
    public int FormatVersion { get; init; }

    /// <summary>A built-in cell, or the class in <see cref="Code"/>.</summary>
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

    /// <summary>Behind each recurrent layer; missing for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Dropout { get; init; }

    /// <summary>Of each recurrent layer; missing for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Zoneout { get; init; }

    /// <summary>Sizes of the dimensions that the cell brings along; missing for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? Dimensions { get; init; }

    /// <summary>The user's cell or declaration; missing for a built-in cell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CodeReference? Code { get; init; }

    /// <summary>The configuration of a model.</summary>
    public static ModelConfiguration Of(ByteModelSpec spec, ModelInfo info) => new()
    {
        FormatVersion = CurrentVersion,
        Cell = spec.Cell,
        Vocabulary = Bytes,
        VocabularySize = info.Vocabulary,
        EmbeddingSize = info.InputSize,
        HiddenSizes = [.. info.Layers.Where(layer => layer.IsRecurrent).Select(layer => layer.HiddenSize)],
        Parameters = info.ParameterCount,
        Dropout = spec.Dropout > 0 ? spec.Dropout : null,
        Zoneout = spec.Zoneout > 0 ? spec.Zoneout : null,
        Dimensions = spec.Dimensions.Count > 0 ? spec.Dimensions : null,
        Code = spec.Code is { } code ? new() { File = code.FileName, Sha256 = code.Hash } : null,
    };

    /// <summary>As JSON.</summary>
    public string Text() => JsonSerializer.Serialize(this, JsonTexts.Default.ModelConfiguration);

    /// <summary>What no model of this program has, or null. Whether the sizes are those of the weights shows when it is made.</summary>
    public string? Problem() =>
        FormatVersion != CurrentVersion ? Differ("format_version", CurrentVersion, FormatVersion)
        : Code is null && !BuiltInCells.Names.Contains(Cell)
            ? $"cell: expected one of {string.Join(", ", BuiltInCells.Names)}, got '{Cell}'"
        : Code is not null && !IsName(Cell) ? $"cell: expected the name of a class, got '{Cell}'"
        : Code is not null && Code.File is not (ModelCode.CellFile or ModelCode.DeclarationFile)
            ? $"code: expected {ModelCode.CellFile} or {ModelCode.DeclarationFile}, got '{Code.File}'"
        : Differ("vocabulary", Bytes, Vocabulary) ?? Differ("vocabulary_size", ByteVocabulary.Size, VocabularySize)
            ?? Range("embedding_size", EmbeddingSize)
            ?? Sizes("hidden_sizes", HiddenSizes ?? [], least: Code?.File == ModelCode.DeclarationFile ? 0 : 1)
            ?? Sizes("dimensions", Dimensions ?? [], least: 0) ?? Range("parameters", Parameters, int.MaxValue)
            ?? Rate("dropout", Dropout) ?? Rate("zoneout", Zoneout);

    /// <summary>What differs from the model that was made of it, or null.</summary>
    public string? Difference(ByteModelSpec spec, ModelInfo info)
    {
        var expected = Of(spec, info);
        return Differ("embedding_size", expected.EmbeddingSize, EmbeddingSize)
            ?? Differ("hidden_sizes", List(expected.HiddenSizes!), List(HiddenSizes!))
            ?? Differ("parameters", expected.Parameters, Parameters);
    }

    /// <summary>What the model is made of.</summary>
    /// <param name="folder">Where its code is.</param>
    /// <exception cref="CommandException">Its code is missing, or is another one than that which was trained.</exception>
    public ByteModelSpec Spec(string folder)
    {
        var code = Code is null ? null
            : ModelCode.Read(Path.Combine(folder, Code.File!), isDeclaration: Code.File == ModelCode.DeclarationFile);
        if (code is not null && code.Hash != Code!.Sha256)
        {
            throw CommandException.Failed(
                $"{code.Path}: is not the code that was trained: expected the hash {Code.Sha256}, got {code.Hash}: it was not compiled");
        }

        return new()
        {
            Cell = Cell,
            HiddenSizes = code is { IsDeclaration: true } ? [] : HiddenSizes!,
            EmbeddingSize = code is { IsDeclaration: true } ? 0 : EmbeddingSize,
            Dropout = Dropout ?? 0,
            Zoneout = Zoneout ?? 0,
            Dimensions = Dimensions ?? [],
            Code = code,
        };
    }

    private static bool IsName([NotNullWhen(true)] string? text) => text?.Split('.')
        .All(part => part.Length > 0 && !char.IsDigit(part[0]) && part.All(c => char.IsLetterOrDigit(c) || c == '_')) == true;

    private static string? Range(string key, int got, int most = ByteModelSpec.LargestSize) =>
        got >= 1 && got <= most ? null : FormattableString.Invariant($"{key}: expected 1 to {most}, got {got}");

    private static string? Rate(string key, double? got) =>
        got is null or >= 0 and < 1 ? null : FormattableString.Invariant($"{key}: expected 0 to below 1, got {got}");

    private static string? Sizes(string key, IReadOnlyList<int> got, int least) =>
        got.Count >= least && got.Count <= ByteModelSpec.MostLayers
            ? got.Select(size => Range(key, size)).FirstOrDefault(problem => problem is not null)
        : FormattableString.Invariant($"{key}: expected {least} to {ByteModelSpec.MostLayers} numbers, got {got.Count}");

    private static string List(IEnumerable<int> sizes) =>
        string.Join(", ", sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));

    // What was read from a file may be null, whatever the declaration says.
    private static string? Differ(string key, object expected, object? got) =>
        expected.Equals(got) ? null : string.Create(CultureInfo.InvariantCulture, $"{key}: expected {expected}, got {got ?? "null"}");
}
