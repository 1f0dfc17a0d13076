using System.Buffers.Binary;
using System.Text;

using FastRnn.Samples.Audio;

namespace FastRnn.Samples.Tests.Audio;

public class WaveFileTests
{
    private static readonly float[] Sound = [0, 0.5f, -0.5f, 1, -1, 0.25f];

    [Fact]
    public void What_was_written_is_read()
    {
        var read = WaveFile.Parse(WaveFile.Write([.. Sound, 3], 48_000), 48_000);
        Assert.All(Sound.Append(1).Zip(read), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
    }

    [Fact]
    public void Twenty_four_bits_floats_two_channels_and_other_chunks_are_understood()
    {
        Assert.Equal([0.5f, -1], WaveFile.Parse(File(1, 1, 24, [0, 0, 0x40, 0, 0, 0x80]), 48_000));
        Assert.Equal([0.25f, -2], WaveFile.Parse(File(3, 1, 32, [.. BitConverter.GetBytes(0.25f), .. BitConverter.GetBytes(-2f)]), 48_000));
        Assert.Equal([0.75f], WaveFile.Parse(File(1, 2, 16, [0, 0x40, 0xFF, 0x7F]), 48_000).Select(y => MathF.Round(y, 3)));
        var file = File(1, 1, 16, [0, 0x40]);
        Assert.Equal([0.5f], WaveFile.Parse([.. file[..12], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. file[12..]], 48_000));
    }

    [Fact]
    public void A_damaged_file_is_refused_at_every_length()
    {
        var file = WaveFile.Write(Sound, 48_000);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => WaveFile.Parse(file.AsSpan(0, length), 48_000));
        }
    }

    [Fact]
    public void A_changed_byte_does_no_harm()
    {
        var file = WaveFile.Write(Sound, 48_000);
        for (var i = 0; i < 44 * 256; i++)
        {
            var damaged = file.ToArray();
            damaged[i / 256] = (byte)i;
            try
            {
                Assert.InRange(WaveFile.Parse(damaged, 48_000).Length, 1, Sound.Length);
            }
            catch (InvalidDataException)
            {
                // That is what it should say.
            }
        }
    }

    [Theory]
    [InlineData("got format 1 of 8 bits", 1, 1, 8)]
    [InlineData("got format 6 of 16 bits", 6, 1, 16)]
    [InlineData("expected one or two channels of 2 bytes, got 3 in 6 bytes", 1, 3, 16)]
    [InlineData("expected one or two channels of 2 bytes, got 0 in 0 bytes", 1, 0, 16)]
    public void Another_format_is_refused(string says, int kind, int channels, int bits) =>
        AssertRefused(says, File(kind, channels, bits, new byte[24]));

    [Fact]
    public void Another_rate_no_sound_and_no_numbers_are_refused()
    {
        AssertRefused("expected 44100 samples a second, got 48000", WaveFile.Write(Sound, 48_000), rate: 44_100);
        AssertRefused("at least one, got 0 bytes", WaveFile.Write([], 48_000));
        AssertRefused("expected frames of 4 bytes", File(1, 2, 16, new byte[6]));
        AssertRefused(
            "sample 1: expected a number from -8 to 8, got NaN", File(3, 1, 32, [0, 0, 0, 0, .. BitConverter.GetBytes(float.NaN)]));
        AssertRefused("before chunk 'data'", [.. "RIFF    WAVEdata"u8, 2, 0, 0, 0, 0, 0]);
    }

    private static void AssertRefused(string says, byte[] file, int rate = 48_000) =>
        Assert.Contains(says, Assert.Throws<InvalidDataException>(() => WaveFile.Parse(file, rate)).Message, StringComparison.Ordinal);

    private static byte[] File(int kind, int channels, int bits, byte[] data)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.ASCII);
        writer.Write("RIFF\0\0\0\0WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)kind);
        writer.Write((short)channels);
        writer.Write(48_000);
        writer.Write(48_000 * channels * bits / 8);
        writer.Write((short)(channels * bits / 8));
        writer.Write((short)bits);
        writer.Write("data"u8);
        writer.Write(data.Length);
        writer.Write(data);
        var file = stream.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }
}
