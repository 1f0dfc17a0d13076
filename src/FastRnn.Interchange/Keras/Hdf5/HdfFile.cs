using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>Reads the part of HDF5 that Keras writes (h5py: superblock 0, groups with symbol tables, contiguous data; also superblocks 2
/// and 3 with compact groups). What could lead out of the file or make more of it than is in it is refused: soft and external links,
/// external and virtual data, chunks and filters, objects that are reached twice. Tensors are parts of the file's bytes.</summary>
internal sealed class HdfFile
{
    private const int MostDepth = 32;
    private readonly HdfBytes file;
    private readonly HdfGlobalHeap heap;
    private readonly HashSet<ulong> reached = [];

    private HdfFile(HdfBytes file)
    {
        this.file = file;
        heap = new HdfGlobalHeap(file);
    }

    /// <summary>Whether bytes begin as an HDF5 file does.</summary>
    public static bool IsHdf(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Signature);

    private static ReadOnlySpan<byte> Signature => [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads all groups, attributes and places of tensors.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="bytes">All of it.</param>
    /// <exception cref="ForeignFileException">It is no such file, damaged, or uses what is not read.</exception>
    public static HdfGroup Read(string name, ReadOnlyMemory<byte> bytes)
    {
        var reader = new HdfFile(new HdfBytes(name, bytes));
        var root = reader.Root();
        reader.reached.Add(root);
        return reader.ReadGroup(HdfHeader.Read(reader.file, root, "/"), "", 0);
    }

    private ulong Root()
    {
        const string What = "the superblock";
        if (!IsHdf(file.Data.Span))
            throw file.Wrong("expected an HDF5 file, which begins with \\x89HDF");

        var data = file.From(8, What);
        var version = data.U8();
        if (version > 3)
            throw file.Wrong($"{What}: expected version 0 to 3, got {version}");
        if (version < 2)
            data.Skip(4);
        int offsets = data.U8();
        int lengths = data.U8();
        if (offsets != 8 || lengths != 8)
            throw file.Wrong($"{What}: expected offsets and lengths of 8 bytes, got {offsets} and {lengths}");

        data.Skip(version switch { 0 => 9UL, 1 => 13, _ => 1 });
        var (origin, _, end) = (data.U64(), data.U64(), data.U64());
        if (origin != 0)
            throw file.Wrong($"{What}: expected it at the file's beginning, got a base address of {origin}");
        if (end > (ulong)file.Length)
            throw file.Wrong($"{What}: expected a file of {end} bytes, got {file.Length}: it is cut off");
        if (version < 2)
            data.Skip(16);
        return data.U64();
    }

    private HdfGroup ReadGroup(List<HdfMessage> messages, string path, int depth)
    {
        var what = $"group {(depth == 0 ? "/" : path)}";
        if (depth > MostDepth)
            throw file.Wrong($"{what}: expected groups at most {MostDepth} deep");

        var group = new HdfGroup(path);
        foreach (var attribute in Attributes(messages, what))
        {
            if (!group.Attributes.TryAdd(attribute.Name, attribute))
                throw file.Wrong($"{what}: two attributes '{attribute.Name}'");
        }

        foreach (var (name, address) in new HdfLinks(file).Read(messages, what))
        {
            if (!reached.Add(address))
                throw file.Wrong($"{what}: '{name}' leads to an object that another name leads to, too");
            if (group.Groups.ContainsKey(name) || group.Tensors.ContainsKey(name))
                throw file.Wrong($"{what}: two objects '{name}'");

            var full = $"{path}/{name}";
            file.Spend(full.Length + 1024, what);
            var child = HdfHeader.Read(file, address, full);
            if (child.Any(m => m.Type == HdfMessageType.Layout))
                group.Tensors[name] = ReadTensor(child, full);
            else
                group.Groups[name] = ReadGroup(child, full, depth + 1);
        }

        return group;
    }

    private FileTensor ReadTensor(List<HdfMessage> messages, string path)
    {
        var what = $"data set {path}";
        if (messages.Any(m => m.Type == HdfMessageType.ExternalFiles))
            throw file.Wrong($"{what}: its numbers lie in other files, which are not opened");

        var shape = HdfDataspace.Read(file, Only(messages, HdfMessageType.Dataspace, what), what);
        var type = HdfDatatype.Read(file, Only(messages, HdfMessageType.Datatype, what), what);

        // h5py knows no bfloat16: Keras writes opaque elements of 2 bytes and says so in an attribute.
        var element = type.Element;
        if (type is { Size: 2, Shown: "opaque" } && Attributes(messages, what).FirstOrDefault(a => a.Name == "dtype")?.Text() == "bfloat16")
            element = ElementType.BFloat16;
        if (element is null)
            throw file.Wrong($"{what} [{string.Join(", ", shape)}]: expected little-endian numbers, got {type.Shown}");

        var bytes = (ulong)HdfDataspace.Count(file, shape, what) * (ulong)type.Size;
        return new FileTensor(path, element.Value, shape, Data(Only(messages, HdfMessageType.Layout, what), bytes, what));
    }

    // Layout, IV.A.2.i: version 3, and version 4 where it says the same.
    private ReadOnlyMemory<byte> Data(ReadOnlyMemory<byte> layout, ulong bytes, string what)
    {
        var data = new HdfCursor(file, layout, $"{what}, its layout");
        var version = data.U8();
        var kind = data.U8();
        if (version is not (3 or 4))
            throw file.Wrong($"{what}, its layout: expected version 3 or 4, got {version}; write the file with a newer h5py");
        if (kind > 1)
        {
            var place = kind switch { 2 => "in chunks", 3 => "in other data sets (virtual)", _ => $"in layout {kind}" };
            throw file.Wrong(
                $"{what}: its numbers are stored {place}; Keras stores them in one piece: write the file again with Keras, "
                    + "or with h5repack -l CONTI -f NONE");
        }

        if (kind == 0)
        {
            var compact = data.Take(data.U16());
            return (ulong)compact.Length >= bytes
                ? compact[..(int)bytes]
                : throw file.Wrong($"{what}: expected {bytes} bytes, got {compact.Length}");
        }

        var address = data.U64();
        return bytes == 0 ? default : file.Slice(address, bytes, what);
    }

    private IEnumerable<HdfAttribute> Attributes(List<HdfMessage> messages, string what)
    {
        foreach (var message in messages)
        {
            if (message.Type == HdfMessageType.Attribute)
                yield return HdfAttribute.Read(file, heap, NotShared(message, what), what);
            else if (message.Type == HdfMessageType.AttributeInfo)
                CheckIsCompact(message, what);
        }
    }

    private void CheckIsCompact(HdfMessage message, string what)
    {
        var data = new HdfCursor(file, message.Data, $"{what}, its attributes");
        data.Skip(1);
        if ((data.U8() & 1) != 0)
            data.Skip(2);
        if (data.U64() != HdfBytes.Undefined)
        {
            throw file.Wrong(
                $"{what}: its attributes lie in a fractal heap (HDF5's newer format), which is not read; "
                    + "write the file with h5py's default library version");
        }
    }

    private ReadOnlyMemory<byte> Only(List<HdfMessage> messages, HdfMessageType type, string what)
    {
        var found = messages.Where(m => m.Type == type).ToList();
        return found.Count == 1
            ? NotShared(found[0], what)
            : throw file.Wrong($"{what}: expected one message '{type}' in its header, got {found.Count}");
    }

    private ReadOnlyMemory<byte> NotShared(HdfMessage message, string what) =>
        message.IsShared ? throw file.Wrong($"{what}: its '{message.Type}' lies in another object, which is not read") : message.Data;
}
