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
}
