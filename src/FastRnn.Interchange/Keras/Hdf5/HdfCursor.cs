using System.Buffers.Binary;
using System.Text;

namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>Reads the fields of one structure of an HDF5 file in their order.</summary>
internal sealed class HdfCursor(HdfBytes file, ReadOnlyMemory<byte> data, string what)
{
    private int position;

    public int Remaining => data.Length - position;

    public byte U8() => Take(1).Span[0];

    public ushort U16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span);

    public uint U32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    public ulong U64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8).Span);

    /// <summary>A number of 1, 2, 4 or 8 bytes: HDF5 stores the size as a power of two.</summary>
    public ulong Sized(int power) => power switch { 0 => U8(), 1 => U16(), 2 => U32(), _ => U64() };

    public void Skip(ulong bytes) => Take(bytes);

    public ReadOnlyMemory<byte> Take(ulong bytes)
    {
        if (bytes > (ulong)Remaining)
            throw file.Wrong($"{what}: expected {bytes} more bytes behind {position}, got {Remaining}");
        var part = data.Slice(position, (int)bytes);
        position += (int)bytes;
        return part;
    }

    /// <summary>A text of a number of bytes, up to its first NUL.</summary>
    public string Text(ulong bytes) => TextOf(Take(bytes).Span);

    /// <summary>Bytes as text: UTF-8 up to the first NUL; what is no UTF-8 is replaced.</summary>
    public static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
    }
}
