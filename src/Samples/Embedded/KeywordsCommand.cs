using System.Buffers.Binary;
using System.Globalization;

using FastRnn.Inference;
using FastRnn.Samples.Keywords;

namespace FastRnn.Embedded;

/// <summary>Sound in, words out, one step every 10 ms.</summary>
internal sealed class KeywordsCommand(TextWriter output) : IDisposable
{
    private readonly Session<KeywordSpotter> session = new KeywordSpotter().CreateSession(new() { Threads = 1 });
    private readonly LogMel ear = new();
    private readonly Detector detector = new();
    private readonly float[] frame = new float[LogMel.Bands];
    private readonly float[] logits = new float[Keyword.Classes];

    /// <summary>A file of 16 kHz.</summary>
    public static void Run(string file, TextWriter output)
    {
        using var command = new KeywordsCommand(output);
        ReadOnlySpan<float> sound = WaveFile.Read(file, LogMel.SampleRate);
        while (!sound.IsEmpty)
        {
            var piece = sound[..Math.Min(LogMel.Hop, sound.Length)];
            command.Listen(piece);
            sound = sound[piece.Length..];
        }
    }

    /// <summary>A stream without an end: samples of 16 bits, little-endian.</summary>
    public static void Run(Stream stream, TextWriter output)
    {
        using var command = new KeywordsCommand(output);
        var bytes = new byte[LogMel.Hop * sizeof(short)];
        var sound = new float[LogMel.Hop];
        int count;
        do
        {
            count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) / sizeof(short);
            for (var i = 0; i < count; i++)
            {
                sound[i] = BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(i * sizeof(short))) / 32768f;
            }

            command.Listen(sound.AsSpan(0, count));
        }
        while (count == sound.Length);
    }

    public void Dispose() => session.Dispose();

    /// <summary>At most 10 ms of sound: at most one frame.</summary>
    private void Listen(ReadOnlySpan<float> sound)
    {
        if (ear.Push(sound, frame) == 0)
        {
            return;
        }

        session.Step(frame, logits);
        if (detector.Push(logits, out var heard))
        {
            output.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{heard.Seconds:f2} s  {Keyword.Name(heard.Word)}  ({heard.Score:f2})"));
            output.Flush();
        }
    }
}
