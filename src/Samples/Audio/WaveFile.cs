using System.Buffers.Binary;

using FastRnn.Samples.Common;

using NAudio.Wave;

namespace FastRnn.Samples.Audio;

/// <summary>Sound as a WAV file, by NAudio; what comes from elsewhere is checked before it is believed.</summary>
internal static class WaveFile
{
    private const int LargestFile = 256 << 20, Bits = 16;

    /// <summary>One channel of 16 bits; what is beyond -1 to 1 is cut.</summary>
    public static byte[] Write(ReadOnlySpan<float> sound, int rate)
    {
        // NAudio's own conversion of floats would give other numbers when its own file is read again.
        var samples = new short[sound.Length];
        for (var t = 0; t < sound.Length; t++)
        {
            samples[t] = (short)Math.Clamp(Math.Round(sound[t] * 32768), short.MinValue, short.MaxValue);
        }

        using var file = new MemoryStream();
        using (var writer = new WaveFileWriter(file, new WaveFormat(rate, Bits, channels: 1)))
        {
            writer.WriteSamples(samples, 0, samples.Length);
        }

        return file.ToArray();
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
    public static float[] Parse(byte[] file, int expectedRate)
    {
        if (file.Length < 12 || !file.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !file.AsSpan(8, 4).SequenceEqual("WAVE"u8))
        {
            throw new InvalidDataException("expected a WAV file, which begins with RIFF and WAVE");
        }

        // NAudio reads what is left of such a file and says nothing.
        var says = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(4)) + 8L;
        if (says > file.Length)
        {
            throw new InvalidDataException($"the file is cut off: it says {says} bytes, {file.Length} are there");
        }

        try
        {
            using var reader = new WaveFileReader(new MemoryStream(file, writable: false));
            Check(reader, expectedRate);
            return Samples(reader);
        }
        catch (Exception e) when (e is FormatException or EndOfStreamException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"not a WAV file that can be read: {e.Message}", e);
        }
    }

    private static void Check(WaveFileReader reader, int expectedRate)
    {
        var format = reader.WaveFormat.AsStandardWaveFormat();
        var (bits, channels, frame) = (format.BitsPerSample, format.Channels, format.BlockAlign);
        if ((format.Encoding, bits) is not ((WaveFormatEncoding.Pcm, 16 or 24) or (WaveFormatEncoding.IeeeFloat, 32)))
        {
            throw new InvalidDataException(
                $"expected PCM of 16 or 24 bits or floats of 32, got format {(int)format.Encoding} of {bits} bits");
        }

        if (channels is not (1 or 2) || frame != channels * bits / 8)
        {
            throw new InvalidDataException($"expected one or two channels of {bits / 8} bytes, got {channels} in {frame} bytes");
        }

        if (format.SampleRate != expectedRate)
        {
            throw new InvalidDataException(
                $"expected {expectedRate} samples a second, got {format.SampleRate}; convert the file first");
        }

        if (reader.Length == 0 || reader.Length % frame != 0)
        {
            throw new InvalidDataException(
                $"chunk 'data': expected frames of {frame} bytes, at least one, got {reader.Length} bytes");
        }
    }

    private static float[] Samples(WaveFileReader reader)
    {
        var channels = reader.WaveFormat.Channels;
        var sound = new float[reader.Length / reader.BlockAlign];
        var read = new float[sound.Length * channels];
        if (reader.ToSampleProvider().Read(read) is var count && count != read.Length)
        {
            throw new InvalidDataException($"chunk 'data': expected {read.Length} samples, got {count}");
        }

        for (var i = 0; i < read.Length; i++)
        {
            if (!(Math.Abs(read[i]) <= 8))
            {
                throw new InvalidDataException($"sample {i / channels}: expected a number from -8 to 8, got {read[i]}");
            }

            sound[i / channels] += read[i] / channels;
        }

        return sound;
    }
}
