using System.Diagnostics;
using System.Globalization;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>Makes mutants of a kind and checks each. Every mutant has a number, from which it can be made again.</summary>
internal sealed class MutantCampaign : IDisposable
{
    /// <summary>How many of each kind, unless <c>FASTRNN_MUTANTS</c> says it: what each run of the tests can afford.</summary>
    public const int UsualCount = 600;

    /// <summary>The folder beside that of the mutants, from which nothing may be read.</summary>
    public const string Outside = "outside";

    /// <summary>A link in the folder of the mutants that leads there.</summary>
    public const string Link = "linked";

    private const int MostFaults = 20;

    // One of so many is imported whole, if its declaration has not been met before.
    private const int ReadForEachCompiled = 2000;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fastrnn-mutants-");
    private readonly MutantKind kind;
    private readonly HashSet<string> whole;
    private readonly HashSet<string> declarations = [];
    private readonly Dictionary<string, string> faults = [];
    private int read;
    private int compiled;
    private int limited;
    private long mostAllocated;
    private (TimeSpan Time, int Number) slowest;

    public MutantCampaign(MutantKind kind)
    {
        this.kind = kind;
        Inside = folder.CreateSubdirectory("inside").FullName;
        var outside = folder.CreateSubdirectory(Outside).FullName;
        Directory.CreateSymbolicLink(Path.Combine(Inside, Link), outside);
        foreach (var beside in kind.Seeds.SelectMany(s => s.Beside))
        {
            File.WriteAllBytes(Path.Combine(Inside, beside.Name), beside.Bytes);
            File.WriteAllBytes(Path.Combine(outside, beside.Name), beside.Bytes);
        }

        whole = Entries();
    }

    public static int Count => Number("FASTRNN_MUTANTS", UsualCount);

    public static int First => Number("FASTRNN_MUTANT_FIRST", 0);

    public IReadOnlyCollection<string> Faults => faults.Values;

    /// <summary>What was met, for the report.</summary>
    public string Summary { get; private set; } = "";

    public void Dispose() => folder.Delete(recursive: true);

    private static string? Kept => Environment.GetEnvironmentVariable("FASTRNN_MUTANT_FOLDER") is { Length: > 0 } path ? path : null;

    private string Inside { get; }

    /// <summary>Makes and checks mutants.</summary>
    public void Run(int first, int count)
    {
        var start = Stopwatch.GetTimestamp();
        using var watch = OperatingSystem.IsLinux() ? new ReadWatch(Path.Combine(folder.FullName, Outside)) : null;
        for (var number = first; number < first + count && faults.Count < MostFaults; number++)
            Try(number, count);

        if (watch?.Finish() is { Count: > 0 } names)
            faults["read"] = $"{kind.Name}: files outside of the folder were read: {string.Join(", ", names)}";
        if (Entries().Except(whole).ToList() is { Count: > 0 } written)
            faults["written"] = $"{kind.Name}: files were written: {string.Join(", ", written)}";
        var time = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Summary = string.Create(CultureInfo.InvariantCulture, $"""
            {kind.Name}: {count} mutants of {kind.Seeds.Count} files: {count - read} refused, {read} read, {compiled} of them compiled;
            most allocated in all {mostAllocated / 1048576.0:0.0} MB, {limited} imported again within the limit of memory;
            {time:0} s, the slowest {slowest.Time.TotalMilliseconds:0} ms (number {slowest.Number})
            """);
    }

    /// <summary>The bytes of a mutant.</summary>
    public byte[] Make(int number) => kind.Change(new Random(number), Seed(number).Bytes);

    private MutantSeed Seed(int number) => kind.Seeds[number % kind.Seeds.Count];

    private HashSet<string> Entries() => [.. Directory.EnumerateFileSystemEntries(Inside)];

    private void Try(int number, int count)
    {
        var seed = Seed(number);
        var bytes = Make(number);
        var path = Path.Combine(Inside, seed.Name);
        File.WriteAllBytes(path, bytes);
        var check = new MutantCheck(path, seed);
        var wrong = check.Run();
        mostAllocated = Math.Max(mostAllocated, check.Allocated);
        if (check.Time > slowest.Time)
            slowest = (check.Time, number);
        if (check.IsRead)
            read++;
        if (wrong is null && check.Allocated > check.MostHeld)
        {
            limited++;
            wrong = HeapLimit.Run(path, Path.Combine(folder.FullName, "imported"), check.MostHeld, check.IsRead);
        }

        if (wrong is null && check.Declaration is { } text && compiled < count / ReadForEachCompiled && declarations.Add(text))
        {
            compiled++;
            wrong = check.Compile();
        }

        if (wrong is not null && Kept is not null)
            File.Copy(path, Path.Combine(Kept, $"{kind.Name}-{number}-{seed.Name}"), overwrite: true);
        File.Delete(path);
        if (wrong is not null)
            faults.TryAdd(Place(wrong), $"{kind.Name}, number {number} ({seed.Name}): {wrong}");
    }

    // Of faults of one kind the first one is told.
    private static string Place(string wrong)
    {
        var lines = wrong.Split('\n');
        var at = Array.FindIndex(lines, line => line.Contains(" at FastRnn.", StringComparison.Ordinal));
        return at >= 0 ? lines[at] : wrong[..Math.Min(40, wrong.Length)];
    }

    private static int Number(string variable, int usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : usual;
}
