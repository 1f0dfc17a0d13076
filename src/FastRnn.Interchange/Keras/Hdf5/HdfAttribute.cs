namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>An attribute of a group or a data set; only texts are read.</summary>
internal sealed class HdfAttribute
{
    private readonly HdfBytes file;
    private readonly HdfGlobalHeap heap;
    private readonly HdfDatatype type;
    private readonly ReadOnlyMemory<byte> data;
    private readonly int count;
    private readonly string what;

    private HdfAttribute(
        HdfBytes file, HdfGlobalHeap heap, string name, HdfDatatype type, ReadOnlyMemory<byte> data, int count, string what) =>
        (this.file, this.heap, Name, this.type, this.data, this.count, this.what) = (file, heap, name, type, data, count, what);

    public string Name { get; }

    /// <summary>Reads the message (HDF5 file format 3.0, IV.A.2.m); version 1 fills name, type and shape up to 8 bytes each.</summary>
    public static HdfAttribute Read(HdfBytes file, HdfGlobalHeap heap, ReadOnlyMemory<byte> message, string owner)
    {
        var cursor = new HdfCursor(file, message, $"{owner}, an attribute");
        var version = cursor.U8();
        var flags = cursor.U8();
        if (version is < 1 or > 3 || (version > 1 && flags != 0))
            throw file.Wrong($"{owner}, an attribute: expected version 1 to 3 and a type of its own, got {version} and flags {flags}");

        var (nameSize, typeSize, spaceSize) = (cursor.U16(), cursor.U16(), cursor.U16());
        if (version == 3)
            cursor.Skip(1);
        var name = HdfCursor.TextOf(Padded(nameSize).Span);
        var what = $"{owner}, attribute '{name}'";
        var type = HdfDatatype.Read(file, Padded(typeSize), what);
        var count = HdfDataspace.Count(file, HdfDataspace.Read(file, Padded(spaceSize), what), what);
        return new HdfAttribute(file, heap, name, type, cursor.Take((ulong)count * (ulong)type.Size), count, what);

        ReadOnlyMemory<byte> Padded(ushort size)
        {
            var part = cursor.Take(size);
            if (version == 1)
                cursor.Skip((ulong)(-size & 7));
            return part;
        }
    }

    /// <summary>Its texts.</summary>
    /// <exception cref="ForeignFileException">It holds none, or they overlap.</exception>
    public IReadOnlyList<string> Texts()
    {
        // h5py stores an empty list as no numbers.
        if (type.Text == HdfText.None && count > 0)
            throw file.Wrong($"{what}: expected texts, got {type.Shown}");

        var texts = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var bytes = data.Slice(i * type.Size, type.Size);
            if (type.Text == HdfText.Variable)
                bytes = heap.Find(bytes, what);
            file.Spend(bytes.Length + 64, what);
            texts.Add(HdfCursor.TextOf(bytes.Span));
        }

        return texts;
    }

    /// <summary>Its only text.</summary>
    public string Text()
    {
        var texts = Texts();
        return texts.Count == 1 ? texts[0] : throw file.Wrong($"{what}: expected one text, got {texts.Count}");
    }
}
