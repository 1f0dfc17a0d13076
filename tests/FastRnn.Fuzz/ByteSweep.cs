using System.Globalization;

namespace FastRnn.Fuzz;

/// <summary>Other values of every byte of a target's whole files, those that carry a checksum if the format has one: each is refused, or
/// means the same.</summary>
/// <param name="target">The reader.</param>
/// <param name="ofNumbers">How many values of a byte behind a header, the eight of one changed bit first; of a header's bytes
/// all.</param>
internal sealed class ByteSweep(FuzzTarget target, int ofNumbers)
{
    private const int MostFaults = 20;
    private const int Values = 256;

    private static readonly int[] Changes = [.. new[] { 1, 2, 4, 8, 16, 32, 64, 128 }.Union(Enumerable.Range(1, Values - 1))];

    private readonly List<string> faults = [];

    public IReadOnlyList<string> Faults => faults;

    /// <summary>Tries them, and says what was met.</summary>
    public IEnumerable<string> Run()
    {
        using var folder = new ScratchFolder();
        using var watchdog = new Watchdog(number => Console.Error.WriteLine($"{target.Name}: hangs: byte {number >> 8}, {number & 255}"));
        for (var i = 0; i < target.Seeds.Count; i++)
        {
            if (target.Letters(target.Seeds[i].Bytes) is var letters && (letters == target.Seeds[i].Bytes.Length || HasChecksum(i)))
                yield return Sweep(folder, watchdog, i, letters);
        }
    }

    private bool HasChecksum(int index) => target.Seeds[index].Bytes.AsSpan().IndexOf("\"fastrnn.checksum\":"u8) >= 0
        || target.Seeds[index].Bytes.AsSpan().IndexOf("\"sha256\":"u8) >= 0;

    private string Sweep(ScratchFolder folder, Watchdog watchdog, int index, long letters)
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
            foreach (var change in Changes.AsSpan(0, at < letters ? Values - 1 : ofNumbers))
            {
                bytes[at] = (byte)(seed.Bytes[at] ^ change);
                watchdog.Begin(((long)at << 8) + bytes[at]);
                File.WriteAllBytes(path, bytes);
                var reading = target.Check(path, seed);
                if (reading.Wrong is not null)
                    faults.Add($"{target.Name}, file {index}, byte {at} = {bytes[at]}: {reading.Wrong}");
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
                    if (HasChecksum(index))
                        faults.Add($"{target.Name}, file {index}, byte {at} = {bytes[at]}: read, and means something else");
                }
            }

            bytes[at] = seed.Bytes[at];
        }

        File.Delete(path);
        return string.Create(CultureInfo.InvariantCulture, $"""
            {target.Name}, file {index}, {bytes.Length} bytes: {refused} values refused, {same} mean the same{Told(places)},
            {other} mean something else
            """);
    }

    private static string Told(SortedSet<int> places) => places.Count == 0 ? "" : $" (bytes {string.Join(", ", places.Take(40))})";
}
