using System.Buffers.Binary;
using System.Text;

namespace FastRnn.Interchange.PyTorch.Pickle;

/// <summary>Takes numbers and texts off a pickle, each length held against what is left.</summary>
internal sealed class PickleBytes(string place, ReadOnlyMemory<byte> bytes)
{
    private const int LongestText = 4096;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The next byte's place.</summary>
    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>A whole number of two's complement, as long as its first byte says.</summary>
    public long Long1()
    {
        var length = Byte();
        if (length > 8)
            throw Wrong($"a whole number of {length} bytes; expected at most 8");
        var number = Take(length);
        var value = length > 0 && number[length - 1] >= 0x80 ? -1L : 0L;
        for (var i = length - 1; i >= 0; i--)
            value = (value << 8) | number[i];
        return value;
    }

    /// <summary>A text of a length that was read.</summary>
    public string Text(ulong length)
    {
        if (length > LongestText)
            throw Wrong($"a text of {length} bytes; expected at most {LongestText}");
        return Decode(Take((int)length));
    }

    /// <summary>A text up to the end of its line.</summary>
    public string Line()
    {
        var left = bytes.Span[Position..];
        var length = left[..Math.Min(left.Length, LongestText)].IndexOf((byte)'\n');
        if (length < 0)
            throw Wrong("a name without an end");
        var text = Decode(left[..length]);
        Position += length + 1;
        return text;
    }

    /// <summary>What is wrong here.</summary>
    public ForeignFileException Wrong(string what, Exception? cause = null) => new($"{place}, byte {Position}: {what}", cause);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > bytes.Length - Position)
            throw Wrong($"expected {count} bytes more, got {bytes.Length - Position}: it is cut off");
        var taken = bytes.Span.Slice(Position, count);
        Position += count;
        return taken;
    }

    private string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return Utf8.GetString(text);
        }
        catch (DecoderFallbackException e)
        {
            throw Wrong("a text is not valid UTF-8", e);
        }
    }
}
