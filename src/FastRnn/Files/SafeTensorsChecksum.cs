using System.Text;

namespace FastRnn.Files;

/// <summary>The checksum that a safetensors file of ours carries in its metadata, over its header (zeros in place of the checksum) and its
/// data.</summary>
internal static class SafeTensorsChecksum
{
    /// <summary>Where files keep it.</summary>
    public const string MetadataKey = "fastrnn.checksum";

    /// <summary>What stands there while it is computed.</summary>
    public const string Nothing = "00000000000000000000000000000000";

    private static readonly byte[] Before = Encoding.ASCII.GetBytes($"\"{MetadataKey}\":\"");

    /// <summary>The place of the digits in a header; empty if they do not stand there as we write them.</summary>
    public static Span<byte> Digits(Span<byte> header)
    {
        var place = header.IndexOf(Before);
        return place >= 0 && header.Length - place - Before.Length >= Nothing.Length
            ? header.Slice(place + Before.Length, Nothing.Length)
            : [];
    }

    /// <summary>Writes the checksum into a header that is written with <paramref name="tensors"/> behind it.</summary>
    public static void Fill(Span<byte> header, IReadOnlyList<TensorData> tensors)
    {
        using var sum = new FileChecksum();
        sum.Write(header);
        foreach (var tensor in tensors)
            tensor.WriteTo(sum);

        Encoding.ASCII.GetBytes(sum.Finish(), Digits(header));
    }

    /// <summary>Compares a file with the checksum that its metadata say.</summary>
    /// <param name="path">The file.</param>
    /// <param name="header">Its header; changed.</param>
    /// <param name="expected">The checksum.</param>
    /// <param name="data">What stands behind the header.</param>
    /// <param name="bytes">How long that is.</param>
    /// <exception cref="ModelFileException">It has another one, or cannot be read.</exception>
    public static void Check(string path, Span<byte> header, string expected, Stream data, long bytes)
    {
        const int Piece = 1 << 18;
        var digits = Digits(header);
        digits.Fill((byte)'0');
        using var sum = new FileChecksum();
        sum.Write(header);
        var buffer = new byte[(int)Math.Min(bytes, Piece)];
        for (var left = bytes; left > 0; left -= Math.Min(left, Piece))
        {
            var piece = buffer.AsSpan(0, (int)Math.Min(left, Piece));
            data.ReadExactly(piece);
            sum.Write(piece);
        }

        var got = sum.Finish();
        if (digits.IsEmpty || got != expected)
        {
            throw new ModelFileException(path,
                $"metadata '{MetadataKey}': expected '{got}', got '{expected}': the file is damaged, or another program changed it "
                    + $"(which should leave that key out)");
        }
    }
}
