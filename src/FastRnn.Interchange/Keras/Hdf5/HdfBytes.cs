using System.Text;

namespace FastRnn.Interchange.Keras.Hdf5;

/// <summary>The bytes of an HDF5 file: every access is checked, numbers are little-endian, and the work is bounded.</summary>
/// <param name="name">The file, for messages.</param>
/// <param name="data">All bytes.</param>
internal sealed class HdfBytes(string name, ReadOnlyMemory<byte> data)
{
    /// <summary>The address that stands for "nowhere".</summary>
    public const ulong Undefined = ulong.MaxValue;

    private long left = (8L * data.Length) + 65_536;

    public ReadOnlyMemory<byte> Data => data;

    public int Length => data.Length;

    /// <summary>A part.</summary>
    /// <exception cref="ForeignFileException">It does not lie in the file.</exception>
    public ReadOnlyMemory<byte> Slice(ulong address, ulong length, string what)
    {
        if (address > (ulong)Length || length > (ulong)Length - address)
            throw Wrong($"{what}: expected {length} bytes at {address}, but the file has {Length}");
        return data.Slice((int)address, (int)length);
    }

    /// <summary>A reader of all that follows four letters.</summary>
    public HdfCursor Block(ulong address, string signature, string what)
    {
        var found = Slice(address, 4, what).Span;
        if (!found.SequenceEqual(Encoding.ASCII.GetBytes(signature)))
            throw Wrong($"{what} at {address}: expected to begin with '{signature}', got {Convert.ToHexString(found)}");
        return From(address + 4, what);
    }

    /// <summary>A reader of all from an address on.</summary>
    public HdfCursor From(ulong address, string what) =>
        new(this, Slice(address, (ulong)Length - Math.Min(address, (ulong)Length), what), what);

    /// <summary>Counts what headers, names and texts take in memory. The structures of an honest file lie apart and are about as long
    /// there; a hostile one reads the same place from many others, or consists of nothing but the smallest ones, which ends here.</summary>
    public void Spend(long bytes, string what)
    {
        left -= bytes;
        if (left < 0)
            throw Wrong($"{what}: names, texts and headers are more than the file can hold: they overlap or are far too many");
    }

    public ForeignFileException Wrong(string text) => new($"{name}: {text}");
}
