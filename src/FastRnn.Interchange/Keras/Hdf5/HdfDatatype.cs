using FastRnn.Interchange.Tensors;

namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>The type of the elements of a data set or an attribute (HDF5 file format 3.0, IV.A.2.d): numbers and texts.</summary>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Element">The type of number, if it is one that tensors have.</param>
/// <param name="Text">How texts are stored, if they are texts.</param>
/// <param name="Shown">For messages.</param>
internal sealed record HdfDatatype(int Size, ElementType? Element, HdfText Text, string Shown)
{
    private static readonly string[] Classes =
        ["integer", "floating", "time", "string", "bit field", "opaque", "compound", "reference", "enumeration", "variable", "array"];

    /// <summary>Reads the message.</summary>
    public static HdfDatatype Read(HdfBytes file, ReadOnlyMemory<byte> message, string what)
    {
        var data = new HdfCursor(file, message, $"{what}, its type");
        var kind = data.U8() & 0x0F;
        var bits = data.U8() | (data.U8() << 8) | (data.U8() << 16);
        var size = data.U32();
        if (size is 0 or > int.MaxValue)
            throw file.Wrong($"{what}, its type: expected elements of 1 to {int.MaxValue} bytes, got {size}");

        var shown = $"{(kind < Classes.Length ? Classes[kind] : $"class {kind}")} of {size} bytes";
        var element = kind switch
        {
            0 => Integer(data, bits, size),
            1 => Floating(data, bits, size),
            _ => null,
        };
        var text = kind switch
        {
            3 => HdfText.Fixed,
            9 when (bits & 0x0F) == 1 && size == 16 => HdfText.Variable,
            _ => HdfText.None,
        };
        return new HdfDatatype((int)size, element, text, kind == 5 ? "opaque" : shown);
    }

    private static ElementType? Integer(HdfCursor data, int bits, uint size)
    {
        var (offset, precision) = (data.U16(), data.U16());
        if ((bits & 1) != 0 || offset != 0 || precision != size * 8)
            return null;
        return (size, (bits & 8) != 0) switch
        {
            (1, true) => ElementType.Int8,
            (1, false) => ElementType.UInt8,
            (2, true) => ElementType.Int16,
            (2, false) => ElementType.UInt16,
            (4, true) => ElementType.Int32,
            (4, false) => ElementType.UInt32,
            (8, true) => ElementType.Int64,
            (8, false) => ElementType.UInt64,
            _ => null,
        };
    }

    // IEEE 754 by the places of the exponent and the mantissa; bit 0 (and 6) say big-endian.
    private static ElementType? Floating(HdfCursor data, int bits, uint size)
    {
        if ((bits & 0x41) != 0)
            return null;
        var layout = (data.U16(), data.U16(), data.U8(), data.U8(), data.U8(), data.U8(), data.U32());
        return (size, layout) switch
        {
            (2, (0, 16, 10, 5, 0, 10, 15)) => ElementType.Float16,
            (2, (0, 16, 7, 8, 0, 7, 127)) => ElementType.BFloat16,
            (4, (0, 32, 23, 8, 0, 23, 127)) => ElementType.Float32,
            (8, (0, 64, 52, 11, 0, 52, 1023)) => ElementType.Float64,
            _ => null,
        };
    }
}
