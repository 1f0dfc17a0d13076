namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>The global heap, where texts of variable length lie (HDF5 file format 3.0, III.E). Each collection is walked once.</summary>
internal sealed class HdfGlobalHeap(HdfBytes file)
{
    private readonly Dictionary<ulong, Dictionary<ushort, ReadOnlyMemory<byte>>> collections = [];

    /// <summary>What an element of variable length points to.</summary>
    /// <param name="element">Length, address of the collection, index in it.</param>
    /// <param name="what">For messages.</param>
    public ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> element, string what)
    {
        var cursor = new HdfCursor(file, element, what);
        var (length, address, index) = (cursor.U32(), cursor.U64(), cursor.U32());
        if (length == 0)
            return default;
        if (!collections.TryGetValue(address, out var objects))
            collections[address] = objects = Walk(address);
        if (index > ushort.MaxValue || !objects.TryGetValue((ushort)index, out var data) || length > data.Length)
            throw file.Wrong($"{what}: expected {length} bytes as object {index} of the heap at {address}, but they are not there");
        return data[..(int)length];
    }

    private Dictionary<ushort, ReadOnlyMemory<byte>> Walk(ulong address)
    {
        const string What = "the global heap";
        var header = file.Block(address, "GCOL", What);
        header.Skip(4);
        var size = header.U64();
        if (size < 16)
            throw file.Wrong($"{What} at {address}: expected at least 16 bytes, got {size}");

        file.Spend((long)Math.Min(size, long.MaxValue), What);
        var objects = new Dictionary<ushort, ReadOnlyMemory<byte>>();
        var cursor = new HdfCursor(file, file.Slice(address + 16, size - 16, What), What);
        while (cursor.Remaining >= 16)
        {
            // Object 0 is the free rest.
            var index = cursor.U16();
            if (index == 0)
                break;
            cursor.Skip(6);
            var length = cursor.U64();
            objects[index] = cursor.Take(length);
            cursor.Skip(Math.Min((0 - length) & 7, (ulong)cursor.Remaining));
        }

        return objects;
    }
}
