using System.Buffers.Binary;

namespace FastRnn.Samples.Captions;

/// <summary>A picture as a Windows bitmap (BITMAPINFOHEADER) of 24 bits a pixel, which any viewer shows.</summary>
internal static class BitmapFile
{
    private const int HeaderBytes = 54;

    /// <summary>Writes it.</summary>
    /// <param name="picture"><c>[3, Side, Side]</c>: red, green, blue; what is beyond 0 to 1 is cut.</param>
    /// <param name="scale">Pixels of the file for each of the picture, both ways.</param>
    public static byte[] Write(ReadOnlySpan<float> picture, int scale)
    {
        var side = Painter.Side * scale;

        // Rows stand upside down. They take a multiple of four bytes, which a side of 36 is by itself.
        var stride = 3 * side;
        var file = new byte[checked(HeaderBytes + stride * side)];
        "BM"u8.CopyTo(file);
        ReadOnlySpan<(int At, int Value)> header =
            [(2, file.Length), (10, HeaderBytes), (14, 40), (18, side), (22, side), (26, 1 | 24 << 16), (34, stride * side)];
        foreach (var (at, value) in header)
        {
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        }

        for (var row = 0; row < side; row++)
        {
            for (var i = 0; i < 3 * side; i++)
            {
                var (column, channel) = (i / 3 / scale, 2 - i % 3);
                var value = picture[(channel * Painter.Side + row / scale) * Painter.Side + column];
                file[HeaderBytes + (side - 1 - row) * stride + i] = (byte)Math.Clamp(MathF.Round(value * 255), 0, 255);
            }
        }

        return file;
    }
}
