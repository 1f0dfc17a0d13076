using System.Globalization;

namespace FastRnn.Benchmarks.Machine;

/// <summary>Bytes of the data caches of a core, as the system states them; usual sizes where it does not.</summary>
internal sealed record CacheSizes(long L1, long L2, long L3)
{
    private const string Folder = "/sys/devices/system/cpu/cpu0/cache";
    private static readonly CacheSizes Usual = new(32 << 10, 1 << 20, 32 << 20);

    public static CacheSizes Read()
    {
        var sizes = new Dictionary<int, long>();
        if (Directory.Exists(Folder))
        {
            foreach (var index in Directory.EnumerateDirectories(Folder, "index*"))
            {
                if (Text(index, "type") is "Data" or "Unified"
                    && int.TryParse(Text(index, "level"), CultureInfo.InvariantCulture, out var level))
                {
                    sizes[level] = Bytes(Text(index, "size"));
                }
            }
        }

        return new CacheSizes(Of(1, Usual.L1), Of(2, Usual.L2), Of(3, Usual.L3));

        long Of(int level, long usual) => sizes.GetValueOrDefault(level) is > 0 and var size ? size : usual;
    }

    private static string Text(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : "";
    }

    private static long Bytes(string text)
    {
        var unit = text.EndsWith('K') ? 1L << 10 : text.EndsWith('M') ? 1L << 20 : 1;
        return long.TryParse(text.TrimEnd('K', 'M'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number * unit : 0;
    }
}
