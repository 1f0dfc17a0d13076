using System.Text.Json.Serialization;

namespace FastRnn.Tables.Preparing;

/// <summary>What <c>preparation.json</c> says. It may have been written by anybody.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PreparationText
{
    private const int MostColumns = 4_096;

    /// <summary>As many as an input of a model may have.</summary>
    private const int MostNumbers = 65_536;

    [JsonRequired]
    public IReadOnlyList<PreparedInput?>? Inputs { get; init; }

    [JsonRequired]
    public PreparedTime? Time { get; init; }

    [JsonRequired]
    public string? Group { get; init; }

    /// <summary>What is forecast; empty where groups are named.</summary>
    [JsonRequired]
    public IReadOnlyList<PreparedOutput?>? Outputs { get; init; }

    /// <summary>The column that names groups; null where numbers are forecast.</summary>
    [JsonRequired]
    public string? Label { get; init; }

    /// <summary>The names; empty where numbers are forecast.</summary>
    [JsonRequired]
    public IReadOnlyList<string?>? Classes { get; init; }

    [JsonRequired]
    public int Window { get; init; }

    /// <summary>Rows of a season; 0 if there is none.</summary>
    [JsonRequired]
    public int Season { get; init; }

    [JsonRequired]
    public bool SortByTime { get; init; }

    [JsonRequired]
    public PreparedModel? Model { get; init; }

    /// <summary>What forecasts consist of besides the network's; missing if there is nothing, as in files of before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public PreparedLinear? Linear { get; init; }

    /// <summary>The SHA-256 of the file of weights that belongs to it, in hexadecimal; null if there is none.</summary>
    [JsonRequired]
    public string? Weights { get; init; }

    [JsonIgnore]
    public bool Classifies => Label is not null;

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem() =>
        Inputs is null || Outputs is null || Classes is null || Model is null ? "expected lists and a model, got null"
        : Inputs.Count > MostColumns || Outputs.Count > MostColumns || Classes.Count > MostColumns
            ? $"expected at most {MostColumns} entries of a list"
        : Inputs.Contains(null) || Outputs.Contains(null) ? "expected entries, got null"
        : Inputs.Count == 0 && Time is null ? "inputs: expected at least one"
        : Twice(Inputs.Select(input => input!.Name)) ? "inputs: one is there twice"
        : Twice(Outputs.Select(output => output!.Name)) ? "outputs: one is there twice"
        : Classifies != (Outputs.Count == 0) || Classifies != (Classes.Count >= 2) ? "expected outputs, or a label with two classes or more"
        : Twice(Classes) || Classes.Any(string.IsNullOrEmpty) ? "classes: expected texts, none twice"
        : !Classifies && Model.Bidirectional ? "bidirectional: a forecast knows no later row; only groups that are named are read both ways"
        : Classifies && string.IsNullOrEmpty(Group) ? "group: expected a text"
        : Classifies && Linear is not null ? "linear: expected none where groups are named"
        : Window is < 1 or > 10_000 ? "window: expected 1 to 10,000"
        : Season is < 0 or > 1_000_000 ? "season: expected 0 to 1,000,000"
        : Inputs.Select(input => input!.Problem()).Concat(Outputs.Select(output => output!.Problem()))
            .Append(Time?.Problem()).Append(Model.Problem()).FirstOrDefault(problem => problem is not null)
        ?? (Width() > MostNumbers ? $"inputs: expected at most {MostNumbers} numbers a row" : null)
        ?? Linear?.Problem(Outputs.Count, Width(), [.. Inputs.Where(input => input!.IsCategory).Select(CategoryInputs.Vocabulary!)]);

    /// <summary>Numbers of a row; tokens are none.</summary>
    private long Width() => Inputs!.Sum(input => input!.IsCategory ? 0L : input.HasIndicator ? 2 : 1) + (Time?.Width ?? 0);

    private static bool Twice(IEnumerable<string?> names)
    {
        var seen = new HashSet<string?>(StringComparer.Ordinal);
        return !names.All(seen.Add);
    }
}
