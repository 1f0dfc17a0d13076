using System.Globalization;

namespace FastRnn.Fuzz;

/// <summary>Every other value of every byte of a target's whole files: each is refused, or means the same.</summary>
internal sealed class ByteSweep(FuzzTarget target)
{
    private const int MostFaults = 20;
    private const int Values = 256;

    private readonly List<string> faults = [];

    public IReadOnlyList<string> Faults => faults;

    /// <summary>Tries them, and says what was met.</summary>
    public IEnumerable<string> Run()
    {
        using var folder = new ScratchFolder();
        using var watchdog = new Watchdog(number => Console.Error.WriteLine($"{target.Name}: hangs: byte {number >> 8}, {number & 255}"));
        for (var i = 0; i < target.Seeds.Count; i++)
            yield return Sweep(folder, watchdog, i);
    }

    private string Sweep(ScratchFolder folder, Watchdog watchdog, int index)
    {
        var seed = target.Seeds[index];
        var path = folder.File(seed.Name);
        File.WriteAllBytes(path, seed.Bytes);
        var whole = target.Check(path, seed);
        if (!whole.IsRead)
            throw new InvalidOperationException($"{target.Name}: a whole file is not read: {whole.Wrong ?? whole.Refusal}");
        var numbers = target.Numbers();
        var (refused, same, other) = (0L, 0L, 0L);
        var places = new SortedSet<int>();
        var bytes = (byte[])seed.Bytes.Clone();
        for (var at = 0; at < bytes.Length && faults.Count < MostFaults; at++)
        {
            for (var value = 0; value < Values; value++)
            {
                if (value == seed.Bytes[at])
                    continue;
                bytes[at] = (byte)value;
                watchdog.Begin(((long)at << 8) + value);
                File.WriteAllBytes(path, bytes);
                var reading = target.Check(path, seed);
                if (reading.Wrong is not null)
                    faults.Add($"{target.Name}, file {index}, byte {at} = {value}: {reading.Wrong}");
                if (!reading.IsRead)
                {
                    refused++;
                }
                else if (target.Numbers() == numbers)
                {
                    same++;
                    places.Add(at);
                }
                else
                {
                    other++;
                }
            }

            bytes[at] = seed.Bytes[at];
        }

        File.Delete(path);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {target.Name}, file {index}, {bytes.Length} bytes: {refused} values refused, {same} mean the same, {other} mean something else{Told(places)}
            """);
    }

    private static string Told(SortedSet<int> places) => places.Count == 0 ? "" : $"; the same at bytes {string.Join(", ", places.Take(40))}";
}
