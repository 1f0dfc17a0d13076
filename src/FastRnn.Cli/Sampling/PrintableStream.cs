using System.Text;

namespace FastRnn.Cli.Sampling;

/// <summary>Bytes that come one by one, shown as soon as they are a character (<see cref="PrintableText"/>).</summary>
internal sealed class PrintableStream(Stream output)
{
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();

    /// <summary>Writes what has become readable.</summary>
    public void Write(ReadOnlySpan<byte> bytes, bool isEnd = false)
    {
        var characters = new char[bytes.Length + 2];
        var count = decoder.GetChars(bytes, characters, isEnd);
        output.Write(Encoding.UTF8.GetBytes(PrintableText.Of(new string(characters, 0, count))));
        output.Flush();
    }
}
