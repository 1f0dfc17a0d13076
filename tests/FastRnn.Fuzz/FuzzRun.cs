using System.Diagnostics;
using System.Globalization;

namespace FastRnn.Fuzz;

/// <summary>Makes inputs of a target and checks each. An input's number, with the seed, makes it again.</summary>
/// <param name="target">The reader.</param>
/// <param name="seed">What its inputs follow from.</param>
/// <param name="kept">The folder that receives inputs with a fault.</param>
internal sealed class FuzzRun(FuzzTarget target, int seed, string kept)
{
    private const int MostFaults = 20;

    private readonly Dictionary<string, string> faults = [];
    private readonly HashSet<string> refusals = [];
    private long inputs;
    private long read;
    private double dearest;
    private (TimeSpan Time, long Number) slowest;

    public IReadOnlyCollection<string> Faults => faults.Values;

    /// <summary>What was met.</summary>
    public string Summary { get; private set; } = "";

    /// <summary>Makes and checks inputs.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="count">How many at most.</param>
    /// <param name="time">How long at most.</param>
    public void Run(long first, long count, TimeSpan time)
    {
        using var folder = new ScratchFolder();
        foreach (var whole in target.Seeds)
        {
            var path = folder.File(whole.Name);
            File.WriteAllBytes(path, whole.Bytes);
            if (target.Check(path, whole) is var reading && (!reading.IsRead || reading.Wrong is not null))
                throw new InvalidOperationException($"{target.Name}: a whole file is not read: {reading.Wrong ?? reading.Refusal}");
            File.Delete(path);
        }

        var start = Stopwatch.GetTimestamp();
        using var watchdog = new Watchdog(number => Console.Error.WriteLine($"{target.Name}: hangs: {Keep(number, Make(number))}"));
        for (var number = first; number < first + count && faults.Count < MostFaults; number++)
        {
            if (Stopwatch.GetElapsedTime(start) > time)
                break;
            watchdog.Begin(number);
            Try(number, folder);
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Summary = string.Create(CultureInfo.InvariantCulture, $"""
            {target.Name}: {inputs} inputs of {target.Seeds.Count} files, seed {seed}, in {seconds:0} s ({inputs / seconds:0} a second):
            {read} read, {inputs - read} refused with {refusals.Count} kinds of messages, {faults.Count} faults;
            dearest {dearest:0.0} bytes a byte behind the first 64 KB;
            slowest {slowest.Time.TotalMilliseconds:0.0} ms (number {slowest.Number})
            """);
    }

    /// <summary>The bytes of an input.</summary>
    public byte[] Make(long number) => target.Change(new Random(HashCode(number)), Seed(number).Bytes);

    // The same in every process.
    private int HashCode(long number) => unchecked((int)(((ulong)number + ((ulong)seed << 40)) * 0x9E3779B97F4A7C15 >> 32));

    private FuzzSeed Seed(long number) => target.Seeds[(int)(number % target.Seeds.Count)];

    private void Try(long number, ScratchFolder folder)
    {
        var bytes = Make(number);
        var path = folder.File(Seed(number).Name);
        File.WriteAllBytes(path, bytes);
        var begin = Stopwatch.GetTimestamp();
        var reading = target.Check(path, Seed(number));
        if (Stopwatch.GetElapsedTime(begin) is var time && time > slowest.Time)
            slowest = (time, number);
        inputs++;
        read += reading.IsRead ? 1 : 0;
        dearest = Math.Max(dearest, (reading.Allocated - 65536.0) / Math.Max(1, bytes.Length));
        if (reading.Refusal is { } refusal && refusals.Count < 100_000)
            refusals.Add(Kind(refusal));
        if (reading.Wrong is { } wrong && faults.TryAdd(Place(wrong), $"{target.Name}, seed {seed}, number {number}: {wrong}"))
            Keep(number, bytes);
    }

    private string Keep(long number, byte[] bytes)
    {
        Directory.CreateDirectory(kept);
        var path = Path.Combine(kept, string.Create(CultureInfo.InvariantCulture, $"{target.Name}-{seed}-{number}-{Seed(number).Name}"));
        File.WriteAllBytes(path, bytes);
        return path;
    }

    // Letters without the digits and names in it.
    private static string Kind(string refusal)
    {
        var at = refusal.IndexOf(": ", StringComparison.Ordinal);
        return new string([.. refusal[(at + 1)..].Where(c => !char.IsAsciiDigit(c)).Take(60)]);
    }

    // Of faults of one kind the first one is told.
    private static string Place(string wrong)
    {
        var lines = wrong.Split('\n');
        var at = Array.FindIndex(lines, line => line.Contains(" at FastRnn.", StringComparison.Ordinal));
        return at >= 0 ? lines[at] : wrong[..Math.Min(24, wrong.Length)];
    }
}
