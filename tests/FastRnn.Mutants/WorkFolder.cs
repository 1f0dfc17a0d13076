using System.Text.Json;

using FastRnn.Mutants.Running;

namespace FastRnn.Mutants;

/// <summary>What the processes of a campaign tell each other, as files of a folder; one that was stopped goes on from them.</summary>
internal sealed class WorkFolder(string path)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public string Path { get; } = Directory.CreateDirectory(path).FullName;

    /// <summary>Where a copy of the tests' assemblies is, with the mutants among them.</summary>
    public string Program(string tests) => System.IO.Path.Combine(Path, tests);

    public bool HasMutants => File.Exists(InFolder("mutants.json"));

    public IReadOnlyList<Mutant> Mutants
    {
        get => Read<List<Mutant>>("mutants.json");
        set => File.WriteAllText(InFolder("mutants.json"), JsonSerializer.Serialize(value, Indented));
    }

    public bool HasBaseline(string tests) => File.Exists(InFolder($"baseline-{tests}.json"));

    public IReadOnlyList<Baseline> BaselineOf(string tests) => Read<List<Baseline>>($"baseline-{tests}.json");

    public void SetBaseline(string tests, IReadOnlyList<Baseline> baseline) =>
        File.WriteAllText(InFolder($"baseline-{tests}.json"), JsonSerializer.Serialize(baseline));

    /// <summary>What is known by now, of one assembly of tests or of all.</summary>
    public IReadOnlyList<Outcome> Outcomes(string tests = "*") =>
    [
        .. Directory.GetFiles(Path, $"outcomes-{tests}-*.jsonl").Order(StringComparer.Ordinal)
            .SelectMany(Lines).Select(line => JsonSerializer.Deserialize<Outcome>(line)!),
    ];

    /// <summary>One more is known. Others may read meanwhile.</summary>
    public void Add(string tests, int share, Outcome outcome)
    {
        using var stream = new FileStream(
            InFolder($"outcomes-{tests}-{share}.jsonl"), FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        stream.Write(JsonSerializer.SerializeToUtf8Bytes(outcome));
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Mutants that no test has caught, and that these tests have not met yet.</summary>
    /// <param name="tests">The assembly of the tests.</param>
    /// <param name="share">Which part of them, from 0.</param>
    /// <param name="shares">How many parts.</param>
    public IReadOnlyList<Mutant> Remaining(string tests, int share, int shares)
    {
        var done = Outcomes(tests).Concat(Outcomes().Where(outcome => outcome.IsCaught)).Select(outcome => outcome.Id).ToHashSet();
        return [.. Mutants.Where(mutant => mutant.Id % shares == share && !done.Contains(mutant.Id))];
    }

    /// <summary>Notes what is begun: if the process ends, this is why.</summary>
    public void SetCurrent(string tests, int share, Mutant mutant, string test) =>
        File.WriteAllText(InFolder($"current-{tests}-{share}.txt"), $"{mutant.Id}\t{test}");

    /// <summary>What was begun last.</summary>
    public (int Id, string Test)? Current(string tests, int share)
    {
        var file = InFolder($"current-{tests}-{share}.txt");
        if (!File.Exists(file) || File.ReadAllText(file).Split('\t', 2) is not [var id, var test])
            return null;
        return (int.Parse(id, System.Globalization.CultureInfo.InvariantCulture), test);
    }

    private string InFolder(string name) => System.IO.Path.Combine(Path, name);

    // The last one may be half of a line, as yet.
    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n').SkipLast(1)];
    }

    private T Read<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllText(InFolder(name)))!;
}
