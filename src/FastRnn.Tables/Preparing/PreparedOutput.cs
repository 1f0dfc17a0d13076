using System.Text.Json.Serialization;

namespace FastRnn.Tables.Preparing;

/// <summary>A number that a model forecasts: a target some rows ahead, as the standardised difference from what is known of it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PreparedOutput
{
    [JsonRequired]
    public string? Target { get; init; }

    /// <summary>Rows ahead.</summary>
    [JsonRequired]
    public int Horizon { get; init; }

    /// <summary>Which value the difference is to; see <see cref="Anchor"/>.</summary>
    [JsonRequired]
    public int Period { get; init; }

    [JsonRequired]
    public double Mean { get; init; }

    [JsonRequired]
    public double Scale { get; init; }

    [JsonIgnore]
    public Standardizer Standardizer => new(Mean, Scale);

    /// <summary>What it is called: <c>price+12</c>.</summary>
    [JsonIgnore]
    public string Name => FormattableString.Invariant($"{Target}+{Horizon}");

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem() =>
        string.IsNullOrEmpty(Target) ? "output: expected a target"
        : Horizon is < 1 or > 100_000 ? $"{Target}: expected a horizon from 1 to 100,000"
        : Period is < Anchor.None or > 1_000_000 ? $"{Target}: expected a period from {Anchor.None} to 1,000,000"
        : !double.IsFinite(Mean) || !(Scale > 0) || !double.IsFinite(Scale) ? $"{Target}: expected a mean, and a scale above 0" : null;
}
