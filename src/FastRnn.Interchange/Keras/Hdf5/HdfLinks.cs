namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>The names of what is in a group. Only hard links are followed: soft and external ones are refused.</summary>
internal sealed class HdfLinks(HdfBytes file)
{
    private const string Remedy = "write the file with h5py's default library version";
    private readonly List<(string Name, ulong Address)> links = [];

    /// <summary>Names and addresses of headers.</summary>
    /// <param name="messages">The group's header.</param>
    /// <param name="what">The group, for messages.</param>
    public IReadOnlyList<(string Name, ulong Address)> Read(IReadOnlyList<HdfMessage> messages, string what)
    {
        foreach (var message in messages)
        {
            var data = new HdfCursor(file, message.Data, $"{what}, its links");
            if (message.Type == HdfMessageType.SymbolTable)
                ReadTable(data.U64(), data.U64(), what);
            else if (message.Type == HdfMessageType.Link)
                ReadLink(data, what);
            else if (message.Type == HdfMessageType.LinkInfo)
                CheckIsCompact(data, what);
        }

        return links;
    }

    // Groups of HDF5 1.0 to 1.6 and of h5py by default: names in a local heap, a B-tree whose leaves are symbol tables (III.A to III.D).
    private void ReadTable(ulong tree, ulong heap, string what)
    {
        const int MostLevels = 32;
        var names = Names(heap, what);
        var nodes = new Stack<(ulong Address, int Level)>();
        nodes.Push((tree, -1));
        while (nodes.TryPop(out var node))
        {
            var where = $"{what}, its tree of names";
            var data = file.Block(node.Address, "TREE", where);
            int kind = data.U8();
            int level = data.U8();
            var isLevel = node.Level < 0 ? level < MostLevels : level == node.Level;
            if (kind != 0 || !isLevel)
                throw file.Wrong($"{where}: expected a node of names of level {node.Level}, got kind {kind}, level {level}");

            var count = data.U16();
            data.Skip(16);
            for (var i = 0; i < count; i++)
            {
                file.Spend(16, where);
                data.Skip(8);
                var child = data.U64();
                if (level == 0)
                    ReadSymbols(child, names, what);
                else
                    nodes.Push((child, level - 1));
            }

        }
    }

    private ReadOnlyMemory<byte> Names(ulong heap, string what)
    {
        var data = file.Block(heap, "HEAP", $"{what}, its names");
        data.Skip(4);
        var size = data.U64();
        data.Skip(8);
        return file.Slice(data.U64(), size, $"{what}, its names");
    }

    private void ReadSymbols(ulong address, ReadOnlyMemory<byte> names, string what)
    {
        var data = file.Block(address, "SNOD", $"{what}, its symbols");
        data.Skip(2);
        var count = data.U16();
        for (var i = 0; i < count; i++)
        {
            file.Spend(40, what);
            var (offset, header, cached) = (data.U64(), data.U64(), data.U32());
            data.Skip(20);
            if (offset >= (ulong)names.Length)
                throw file.Wrong($"{what}, its symbols: expected a name within {names.Length} bytes, got {offset}");
            var name = HdfCursor.TextOf(names.Span[(int)offset..]);
            file.Spend(name.Length, what);
            if (cached == 2 || header == HdfBytes.Undefined)
                throw Refused(what, name, "a soft link");
            Add(name, header, what);
        }
    }

    // Groups of HDF5 1.8: a message for each link (IV.A.2.g).
    private void ReadLink(HdfCursor data, string what)
    {
        var version = data.U8();
        var flags = data.U8();
        var kind = (flags & 8) != 0 ? data.U8() : 0;
        data.Skip(((flags & 4) != 0 ? 8UL : 0) + ((flags & 16) != 0 ? 1UL : 0));
        var name = data.Text(data.Sized(flags & 3));
        if (version != 1)
            throw file.Wrong($"{what}, link '{name}': expected version 1, got {version}");
        if (kind != 0)
            throw Refused(what, name, kind == 1 ? "a soft link" : kind == 64 ? "a link into another file" : $"a link of kind {kind}");
        Add(name, data.U64(), what);
    }

    private void CheckIsCompact(HdfCursor data, string what)
    {
        data.Skip(1);
        if ((data.U8() & 1) != 0)
            data.Skip(8);
        if (data.U64() != HdfBytes.Undefined)
            throw file.Wrong($"{what}: its links lie in a fractal heap (HDF5's newer format), which is not read; {Remedy}");
    }

    private void Add(string name, ulong address, string what)
    {
        if (name.Length == 0 || name is "." or ".." || name.Contains('/'))
            throw file.Wrong($"{what}: '{name}' is no name of a link");
        links.Add((name, address));
    }

    private ForeignFileException Refused(string what, string name, string kind) =>
        file.Wrong($"{what}: '{name}' is {kind}; only objects of the file itself are read");
}
