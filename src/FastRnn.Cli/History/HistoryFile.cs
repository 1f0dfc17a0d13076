using System.Text.Json.Serialization;

namespace FastRnn.Cli.History;

/// <summary>What <c>history.json</c> says. It may have been written by anybody.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record HistoryFile
{
    /// <summary>The version of the file's layout.</summary>
    public const int CurrentVersion = 1;

    /// <summary>So many entries no list of a good file has.</summary>
    private const int MostEntries = 100_000;

    [JsonRequired]
    public int FormatVersion { get; init; }

    /// <summary>Steps of a point.</summary>
    [JsonRequired]
    public long Stride { get; init; }

    [JsonRequired]
    public IReadOnlyList<HistoryPoint?>? Points { get; init; }

    [JsonRequired]
    public IReadOnlyList<HistoryLoss?>? Validations { get; init; }

    [JsonRequired]
    public IReadOnlyList<HistorySample?>? Samples { get; init; }

    /// <summary>What is wrong with it, or null.</summary>
    public string? Problem()
    {
        if (FormatVersion != CurrentVersion)
        {
            return FormattableString.Invariant($"format_version: expected {CurrentVersion}, got {FormatVersion}");
        }

        if (Stride < 1)
        {
            return FormattableString.Invariant($"stride: expected a number above 0, got {Stride}");
        }

        var numbers = (Points ?? [])
            .SelectMany(p => p is null ? [] : new[] { p.Loss, p.GradientNorm, p.LargestNorm, p.LearningRate, p.BytesPerSecond })
            .Concat((Validations ?? []).Select(v => v?.Loss ?? 0));
        if (numbers.Any(number => !double.IsFinite(number)))
        {
            return "expected finite numbers";
        }

        return Rising("points", Points?.Select(p => p?.Step))
            ?? Rising("validations", Validations?.Select(v => v?.Step))
            ?? Rising("samples", Samples?.Select(s => s?.Text is null ? null : (long?)s.Step));
    }

    private static string? Rising(string name, IEnumerable<long?>? steps)
    {
        var list = steps?.Take(MostEntries + 1).ToList();
        return list is null || list.Count > MostEntries || list.Contains(null)
            || list.Zip(list.Skip(1)).Any(pair => pair.First > pair.Second)
            ? $"{name}: expected steps in rising order"
            : null;
    }
}
