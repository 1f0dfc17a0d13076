using System.Buffers;
using System.Text;

namespace FastRnn.Tables.Reading;

/// <summary>Finds where a file is no text of UTF-8: a decoder knows the bytes, a user wants the line.</summary>
internal static class Utf8Lines
{
    private const int BufferSize = 1 << 13;

    /// <summary>The line, from 1, of the first bytes that are not UTF-8; the last line if there are none.</summary>
    /// <param name="file">Any place; it is read from its beginning.</param>
    public static long FirstBroken(Stream file)
    {
        file.Position = 0;
        var buffer = new byte[BufferSize];
        var (line, kept) = (1L, 0);
        while (true)
        {
            var read = file.ReadAtLeast(buffer.AsSpan(kept), 1, throwOnEndOfStream: false);
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, kept + read);
            while (!rest.IsEmpty)
            {
                var status = Rune.DecodeFromUtf8(rest, out var rune, out var count);
                if (status == OperationStatus.InvalidData || (status == OperationStatus.NeedMoreData && read == 0))
                    return line;
                if (status == OperationStatus.NeedMoreData)
                    break;
                line += rune.Value == '\n' ? 1 : 0;
                rest = rest[count..];
            }

            if (read == 0)
                return line;
            kept = rest.Length;
            rest.CopyTo(buffer);
        }
    }
}
