using System.Text.Json.Serialization;

namespace FastRnn.Tables.Preparing;

/// <summary>A column that a model reads.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PreparedInput
{
    [JsonRequired]
    public string? Name { get; init; }

    /// <summary>The texts of a column of categories, in the order of their codes; null for numbers.</summary>
    [JsonRequired]
    public IReadOnlyList<string?>? Labels { get; init; }

    /// <summary>Of a column of numbers.</summary>
    [JsonRequired]
    public double Mean { get; init; }

    /// <summary>Of a column of numbers.</summary>
    [JsonRequired]
    public double Scale { get; init; }

    /// <summary>Whether a second number says that the first is missing.</summary>
    [JsonRequired]
    public bool HasIndicator { get; init; }

    [JsonIgnore]
    public bool IsCategory => Labels is not null;

    [JsonIgnore]
    public Standardizer Standardizer => new(Mean, Scale);

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem() =>
        string.IsNullOrEmpty(Name) ? "name: expected a text"
        : !double.IsFinite(Mean) || !(Scale > 0) || !double.IsFinite(Scale) ? $"{Name}: expected a mean, and a scale above 0"
        : Labels is null ? null
        : Labels.Count is < 1 or > CategoryInputs.MostLabels ? $"{Name}: expected 1 to {CategoryInputs.MostLabels} labels"
        : Labels.Any(string.IsNullOrEmpty) || Labels.Distinct(StringComparer.Ordinal).Count() != Labels.Count
            ? $"{Name}: expected labels, none twice"
        : null;
}
