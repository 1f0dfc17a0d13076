namespace FastRnn.Interchange.Keras.Archives;

/// <summary>The checksum of zip files (ISO 3309): the reversed polynomial 0xEDB88320.</summary>
internal static class Crc32
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var b in bytes)
            checksum = Table[(byte)(checksum ^ b)] ^ (checksum >> 8);
        return ~checksum;
    }

    private static uint Entry(int index)
    {
        var entry = (uint)index;
        for (var bit = 0; bit < 8; bit++)
            entry = (entry >> 1) ^ ((entry & 1) == 0 ? 0 : 0xEDB88320);
        return entry;
    }
}
