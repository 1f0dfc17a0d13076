namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>Reads the header of an object (a group or a data set) into its messages: version 1, which h5py writes, and version 2 (HDF5 1.8,
/// "OHDR").</summary>
internal static class HdfHeader
{
    /// <summary>The messages of an object.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">Where the header begins.</param>
    /// <param name="what">The object, for messages.</param>
    public static List<HdfMessage> Read(HdfBytes file, ulong address, string what)
    {
        var where = $"{what}, its header";
        var isFirst = file.Slice(address, 1, where).Span[0] == 1;
        var messages = new List<HdfMessage>();
        var blocks = new Queue<(ulong Address, ulong Length)>();
        if (isFirst)
            ReadFirst(file, address, where, messages, blocks);
        else
            ReadSecond(file, address, where, messages, blocks);
        return messages;
    }

    private static void ReadFirst(
        HdfBytes file, ulong address, string where, List<HdfMessage> messages, Queue<(ulong Address, ulong Length)> blocks)
    {
        var prefix = file.From(address, where);
        prefix.Skip(8);
        blocks.Enqueue((address + 16, prefix.U32()));
        while (blocks.TryDequeue(out var block))
        {
            var data = new HdfCursor(file, file.Slice(block.Address, block.Length, where), where);
            file.Spend(data.Remaining + 16, where);
            while (data.Remaining >= 8)
            {
                var type = (HdfMessageType)data.U16();
                var length = data.U16();
                var flags = data.U8();
                data.Skip(3);
                Add(file, where, new HdfMessage(type, (flags & 2) != 0, data.Take(length)), messages, blocks);
            }
        }
    }

    private static void ReadSecond(
        HdfBytes file, ulong address, string where, List<HdfMessage> messages, Queue<(ulong Address, ulong Length)> blocks)
    {
        var prefix = file.Block(address, "OHDR", where);
        var version = prefix.U8();
        if (version != 2)
            throw file.Wrong($"{where}: expected version 1 or 2, got {version}");

        var flags = prefix.U8();
        prefix.Skip(((flags & 0x20) != 0 ? 16UL : 0) + ((flags & 0x10) != 0 ? 4UL : 0));
        var length = prefix.Sized(flags & 3);
        ReadBlock(new HdfCursor(file, prefix.Take(length), where));
        while (blocks.TryDequeue(out var block))
        {
            // A block begins with "OCHK" and ends with a checksum.
            file.Block(block.Address, "OCHK", where);
            if (block.Length < 8)
                throw file.Wrong($"{where}: expected a block of at least 8 bytes at {block.Address}, got {block.Length}");
            ReadBlock(new HdfCursor(file, file.Slice(block.Address + 4, block.Length - 8, where), where));
        }

        void ReadBlock(HdfCursor data)
        {
            file.Spend(data.Remaining + 16, where);
            var size = (flags & 4) != 0 ? 6 : 4;
            while (data.Remaining >= size)
            {
                var type = (HdfMessageType)data.U8();
                var messageLength = data.U16();
                var messageFlags = data.U8();
                data.Skip((ulong)size - 4);
                Add(file, where, new HdfMessage(type, (messageFlags & 2) != 0, data.Take(messageLength)), messages, blocks);
            }
        }
    }

    private static void Add(
        HdfBytes file, string where, HdfMessage message, List<HdfMessage> messages, Queue<(ulong Address, ulong Length)> blocks)
    {
        file.Spend(64, where);
        if (message.Type == HdfMessageType.Continuation)
        {
            var data = new HdfCursor(file, message.Data, where);
            blocks.Enqueue((data.U64(), data.U64()));
        }
        else if (Enum.IsDefined(message.Type))
        {
            messages.Add(message);
        }
    }
}
