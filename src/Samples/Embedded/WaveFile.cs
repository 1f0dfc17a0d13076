using System.Buffers.Binary;
using System.Text;

using FastRnn.Samples.Common;

namespace FastRnn.Embedded;

/// <summary>Sound as a RIFF WAVE file ("Multimedia Programming Interface and Data Specifications 1.0", IBM and Microsoft 1991).</summary>
internal static class WaveFile
{
    private const int HeaderBytes = 44, Pcm = 1, Float = 3, Extensible = 0xFFFE, LargestFile = 256 << 20;

    /// <summary>One channel of 16 bits; what is beyond -1 to 1 is cut.</summary>
    public static byte[] Write(ReadOnlySpan<float> sound, int rate)
    {
        var bytes = new byte[checked(HeaderBytes + 2 * sound.Length)];
        var header = bytes.AsSpan(0, HeaderBytes);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], bytes.Length - 8);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], Pcm);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], 2 * rate);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], 2 * sound.Length);
        for (var t = 0; t < sound.Length; t++)
        {
            var sample = (short)Math.Clamp(Math.Round(sound[t] * 32768), short.MinValue, short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(HeaderBytes + 2 * t), sample);
        }

        return bytes;
    }

    /// <summary>Reads the user's file: PCM of 16 or 24 bits or floats of 32; of two channels the mean.</summary>
    /// <exception cref="SampleException">It cannot be read, or is no such file.</exception>
    public static float[] Read(string path, int expectedRate)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length is > 0 and <= LargestFile
                ? Parse(File.ReadAllBytes(path), expectedRate)
                : throw new InvalidDataException($"expected a file of 1 to {LargestFile} bytes, got {length}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new SampleException($"{path}: {e.Message}");
        }
    }

    /// <summary>The sound in the bytes of a file.</summary>
    /// <exception cref="InvalidDataException">They are no such file.</exception>
    public static float[] Parse(ReadOnlySpan<byte> file, int expectedRate)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
        {
            throw new InvalidDataException("expected a WAV file, which begins with RIFF and WAVE");
        }

        WaveFormat? format = null;
        for (var place = 12; place + 8 <= file.Length;)
        {
            var name = file.Slice(place, 4);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(file[(place + 4)..]);
            var rest = file[(place + 8)..];
            if (size > rest.Length)
            {
                throw new InvalidDataException(
                    $"the file is cut off: chunk '{Encoding.Latin1.GetString(name)}' at byte {place} says {size} bytes, "
                    + $"{rest.Length} are there");
            }

            var chunk = rest[..(int)size];
            if (name.SequenceEqual("fmt "u8))
            {
                format = ReadFormat(chunk, expectedRate);
            }
            else if (name.SequenceEqual("data"u8))
            {
                return Samples(chunk, format ?? throw new InvalidDataException("expected chunk 'fmt ' before chunk 'data'"));
            }

            // Chunks begin at even bytes.
            place = (int)Math.Min(file.Length, place + 8L + size + (size & 1));
        }

        throw new InvalidDataException("expected a chunk 'data', got none");
    }

    private static WaveFormat ReadFormat(ReadOnlySpan<byte> chunk, int expectedRate)
    {
        if (chunk.Length < 16)
        {
            throw new InvalidDataException($"chunk 'fmt ': expected at least 16 bytes, got {chunk.Length}");
        }

        int kind = BinaryPrimitives.ReadUInt16LittleEndian(chunk), channels = BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]);
        int frame = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]), bits = BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..]);
        if (kind == Extensible && chunk.Length >= 26)
        {
            kind = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        }

        if ((kind, bits) is not ((Pcm, 16) or (Pcm, 24) or (Float, 32)))
        {
            throw new InvalidDataException($"expected PCM of 16 or 24 bits or floats of 32, got format {kind} of {bits} bits");
        }

        if (channels is not (1 or 2) || frame != channels * bits / 8)
        {
            throw new InvalidDataException($"expected one or two channels of {bits / 8} bytes, got {channels} in {frame} bytes");
        }

        return rate == expectedRate
            ? new WaveFormat(channels, bits / 8)
            : throw new InvalidDataException($"expected {expectedRate} samples a second, got {rate}; convert the file first");
    }

    private static float[] Samples(ReadOnlySpan<byte> data, WaveFormat format)
    {
        if (data.IsEmpty || data.Length % format.FrameBytes != 0)
        {
            throw new InvalidDataException(
                $"chunk 'data': expected frames of {format.FrameBytes} bytes, at least one, got {data.Length} bytes");
        }

        var sound = new float[data.Length / format.FrameBytes];
        for (var i = 0; i < data.Length; i += format.SampleBytes)
        {
            var sample = Sample(data.Slice(i, format.SampleBytes));
            if (!(Math.Abs(sample) <= 8))
            {
                throw new InvalidDataException($"sample {i / format.FrameBytes}: expected a number from -8 to 8, got {sample}");
            }

            sound[i / format.FrameBytes] += sample / format.Channels;
        }

        return sound;
    }

    private static float Sample(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        2 => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768f,
        3 => (bytes[0] << 8 | bytes[1] << 16 | bytes[2] << 24) / 2147483648f,
        _ => BinaryPrimitives.ReadSingleLittleEndian(bytes),
    };

    private sealed record WaveFormat(int Channels, int SampleBytes)
    {
        public int FrameBytes => Channels * SampleBytes;
    }
}
