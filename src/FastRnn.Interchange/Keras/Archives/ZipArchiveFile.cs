using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;

namespace FastRnn.Interchange.Keras.Archives;

/// <summary>Reads the small zip files that Keras writes: a few members, stored or deflated, at most 2 GB. Sizes are those of the directory
/// and hold to the byte; stored members are parts of the file's bytes.</summary>
internal sealed class ZipArchiveFile
{
    private const int MostMembers = 4096;
    private const int EndLength = 22;
    private const int EntryLength = 46;
    private const int LocalLength = 30;

    // Deflate makes at most 1,032 of a byte; JSON and weights of real models stay below a hundredth of that.
    private const int MostRatio = 100;
    private readonly string name;
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly Dictionary<string, ZipMember> members = new(StringComparer.Ordinal);

    /// <summary>Reads the directory.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="bytes">All of it.</param>
    /// <exception cref="ForeignFileException">It is no such zip file.</exception>
    public ZipArchiveFile(string name, ReadOnlyMemory<byte> bytes)
    {
        (this.name, this.bytes) = (name, bytes);
        ReadDirectory();
    }

    /// <summary>The names of its members.</summary>
    public IEnumerable<string> Names => members.Keys;

    /// <summary>Whether bytes begin as a zip file does.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8);

    /// <summary>The bytes of a member, its checksum checked; null if there is none of the name.</summary>
    /// <param name="member">Its name.</param>
    /// <param name="most">The most bytes that it may have.</param>
    public ReadOnlyMemory<byte>? Find(string member, long most)
    {
        if (!members.TryGetValue(member, out var found))
            return null;
        if (found.Length > most)
            throw Wrong($"'{member}': expected at most {most} bytes, got {found.Length}");

        var packed = Packed(found);
        var data = found.Method == 0 ? packed : Inflate(found, packed);
        var checksum = Crc32.Of(data.Span);
        return checksum == found.Checksum
            ? data
            : throw Wrong($"'{member}': expected the checksum {found.Checksum:x8}, got {checksum:x8}: it is damaged");
    }

    private void ReadDirectory()
    {
        var (offset, size, count) = FindDirectory();
        var position = offset;
        for (var i = 0; i < count; i++)
        {
            var entry = Part(position, EntryLength, "the directory").Span;
            if (!entry.StartsWith("PK\u0001\u0002"u8))
                throw Wrong($"the directory: expected an entry at {position}");

            var nameLength = U16(entry, 28);
            var member = new ZipMember(
                Encoding.UTF8.GetString(Part(position + EntryLength, nameLength, "the directory").Span),
                U16(entry, 8), U16(entry, 10), U32(entry, 16), U32(entry, 20), U32(entry, 24), U32(entry, 42));
            Check(member);
            if (!members.TryAdd(member.Name, member))
                throw Wrong($"two members '{member.Name}'");
            position += EntryLength + nameLength + U16(entry, 30) + U16(entry, 32);
        }

        if (position != offset + size)
            throw Wrong($"the directory: expected {size} bytes, got {position - offset}");
    }

    // The end record stands behind everything else, followed only by a comment whose length it holds.
    private (long Offset, long Size, int Count) FindDirectory()
    {
        var all = bytes.Span;
        for (var at = all.Length - EndLength; at >= Math.Max(0, all.Length - EndLength - ushort.MaxValue); at--)
        {
            var end = all[at..];
            if (!end.StartsWith("PK\u0005\u0006"u8) || U16(end, 20) != end.Length - EndLength)
                continue;
            var (count, size, offset) = (U16(end, 10), U32(end, 12), U32(end, 16));
            if (U16(end, 4) != 0 || U16(end, 6) != 0 || U16(end, 8) != count || count > MostMembers)
                throw Wrong($"expected one zip file of at most {MostMembers} members, got {count}");
            return (offset, size, count);
        }

        throw Wrong("the directory of the zip file is missing: it is cut off or damaged");
    }

    private void Check(ZipMember member)
    {
        if (member.Name.StartsWith('/') || member.Name.Contains('\\') || member.Name.Split('/').Contains(".."))
            throw Wrong($"'{member.Name}' is no name of a member");
        if ((member.Flags & 1) != 0 || member.Method is not (0 or 8))
            throw Wrong($"'{member.Name}': expected it stored or deflated, got method {member.Method}, flags {member.Flags}");
        if (member.PackedLength == uint.MaxValue || member.Length == uint.MaxValue || member.Offset == uint.MaxValue)
            throw Wrong($"'{member.Name}': members of 4 GB and more (zip64) are not read");
        if (member.Method == 0 ? member.Length != member.PackedLength : member.Length > (long)member.PackedLength * MostRatio)
            throw Wrong($"'{member.Name}': {member.PackedLength} packed bytes cannot be {member.Length} bytes");
    }

    private ReadOnlyMemory<byte> Packed(ZipMember member)
    {
        var what = $"'{member.Name}'";
        var header = Part(member.Offset, LocalLength, what).Span;
        var nameLength = U16(header, 26);
        var local = Part(member.Offset + LocalLength, nameLength, what).Span;
        if (!header.StartsWith("PK\u0003\u0004"u8) || U16(header, 8) != member.Method || Encoding.UTF8.GetString(local) != member.Name)
            throw Wrong($"{what}: the directory and the member at {member.Offset} say different things");
        return Part(member.Offset + LocalLength + nameLength + U16(header, 28), member.PackedLength, what);
    }

    private byte[] Inflate(ZipMember member, ReadOnlyMemory<byte> packed)
    {
        var data = new byte[member.Length];
        try
        {
            var source = MemoryMarshal.TryGetArray(packed, out var part) ? part : packed.ToArray();
            using var stream = new DeflateStream(
                new MemoryStream(source.Array!, source.Offset, source.Count, writable: false), CompressionMode.Decompress);
            stream.ReadExactly(data);
            if (stream.ReadByte() >= 0)
                throw Wrong($"'{member.Name}': expected {member.Length} bytes, got more");
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new ForeignFileException(
                $"{name}: '{member.Name}': expected {member.Length} bytes, but they are damaged: {e.Message}", e);
        }

        return data;
    }

    private ReadOnlyMemory<byte> Part(long offset, long length, string what) =>
        offset + length <= bytes.Length
            ? bytes.Slice((int)offset, (int)length)
            : throw Wrong($"{what}: expected {length} bytes at {offset}, but the file has {bytes.Length}");

    private static ushort U16(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(data[offset..]);

    private static uint U32(ReadOnlySpan<byte> data, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(data[offset..]);

    private ForeignFileException Wrong(string text) => new($"{name}: {text}");
}
