using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FastRnn.Files;

/// <summary>The checksum of a file: four CRC-32C (Castagnoli et al. 1993), of the words of eight bytes whose number is 0, 1, 2 or 3 modulo
/// four, so that CPUs that compute it themselves are as fast as memory; then the length. Any change within one word is noticed for
/// certain, anything else but once in 2^32. It protects from chance, and from nobody who computes it anew.</summary>
internal sealed class FileChecksum : Stream
{
    private const int BlockBytes = 32;

    private readonly byte[] rest = new byte[BlockBytes];
    private uint lane0 = uint.MaxValue, lane1 = uint.MaxValue, lane2 = uint.MaxValue, lane3 = uint.MaxValue;
    private long length;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    /// <summary>Goes on with what is written.</summary>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var held = (int)(length % BlockBytes);
        length += buffer.Length;
        if (held > 0)
        {
            var taken = Math.Min(BlockBytes - held, buffer.Length);
            buffer[..taken].CopyTo(rest.AsSpan(held));
            buffer = buffer[taken..];
            if (held + taken < BlockBytes)
                return;

            Blocks(rest);
        }

        var whole = buffer.Length - (buffer.Length % BlockBytes);
        Blocks(buffer[..whole]);
        buffer[whole..].CopyTo(rest);
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>The checksum, 32 hexadecimal digits; nothing may be written afterwards.</summary>
    public string Finish()
    {
        rest.AsSpan((int)(length % BlockBytes)).Clear();
        Blocks(rest);
        var all = (ulong)length;
        return string.Create(CultureInfo.InvariantCulture,
            $"{BitOperations.Crc32C(lane0, all):x8}{BitOperations.Crc32C(lane1, all):x8}{BitOperations.Crc32C(lane2, all):x8}"
                + $"{BitOperations.Crc32C(lane3, all):x8}");
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private void Blocks(ReadOnlySpan<byte> bytes)
    {
        var (a, b, c, d) = (lane0, lane1, lane2, lane3);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (; words.Length >= 4; words = words[4..])
        {
            a = BitOperations.Crc32C(a, words[0]);
            b = BitOperations.Crc32C(b, words[1]);
            c = BitOperations.Crc32C(c, words[2]);
            d = BitOperations.Crc32C(d, words[3]);
        }

        (lane0, lane1, lane2, lane3) = (a, b, c, d);
    }
}
