using System.IO.Compression;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>Damages a zip archive: its bytes, or its members, which are packed again with right lengths and checksums.</summary>
/// <param name="random">Where its choices come from.</param>
/// <param name="member">Damages a member, given its name and its bytes.</param>
internal sealed class ZipMutator(Random random, Func<string, byte[], byte[]> member)
{
    private readonly ByteMutator bytes = new(random);

    public byte[] Change(byte[] original)
    {
        if (random.Next(3) == 0)
            return bytes.Change(original);
        var members = Members(original);
        var at = random.Next(members.Count);
        var (name, data) = members[at];
        switch (random.Next(16))
        {
            case 0:
                members.RemoveAt(at);
                break;
            case 1:
                members.Add(random.Next(2) == 0 ? (name, data) : (name, members[random.Next(members.Count)].Data));
                break;
            case 2:
                members[at] = (Rename(name), data);
                break;
            case 3 when random.Next(20) == 0:
                // Packs a thousandfold.
                members[at] = (name, new byte[random.Next(1, 1 << 22)]);
                break;
            default:
                members[at] = (name, member(name, data));
                break;
        }

        return Pack(members, random.Next(3) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression);
    }

    private string Rename(string name) => random.Next(5) switch
    {
        0 => "../" + name,
        1 => name + "x",
        2 => "/" + name,
        3 => name.Replace('/', '\\'),
        _ => name[(name.IndexOf('/') + 1)..],
    };

    private static List<(string Name, byte[] Data)> Members(byte[] archive)
    {
        using var zip = new ZipArchive(new MemoryStream(archive, writable: false), ZipArchiveMode.Read);
        return [.. zip.Entries.Select(entry =>
        {
            using var stream = entry.Open();
            var data = new byte[entry.Length];
            stream.ReadExactly(data);
            return (entry.FullName, data);
        })];
    }

    private static byte[] Pack(List<(string Name, byte[] Data)> members, CompressionLevel level)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, data) in members)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(data);
            }
        }

        return stream.ToArray();
    }
}
