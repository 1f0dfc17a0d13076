using System.Buffers.Binary;
using System.Text;

using FastRnn.Samples.Audio;

namespace FastRnn.Samples.Tests.Audio;

/// <summary>The samples' files of sound, by a library, and those of the embedded program, by its own hands.</summary>
public class WaveFileTests
{
    private delegate byte[] Writer(ReadOnlySpan<float> sound, int rate);

    private delegate float[] Parser(byte[] file, int rate);

    /// <summary>Whether it is that of the embedded program.</summary>
    public static TheoryData<bool> Both => [false, true];

    private static readonly float[] Sound = [0, 0.5f, -0.5f, 1, -1, 0.25f];

    [Theory]
    [MemberData(nameof(Both))]
    public void What_was_written_is_read(bool own)
    {
        var file = Write(own)([.. Sound, 3], 48_000);
        foreach (var reader in new[] { own, !own })
        {
            var read = Parse(reader)(file, 48_000);
            Assert.All(Sound.Append(1).Zip(read), pair => Assert.Equal(pair.First, pair.Second, 1e-4f));
            Assert.Equal(file, Write(own)(read, 48_000));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void Twenty_four_bits_floats_two_channels_and_other_chunks_are_understood(bool own)
    {
        Assert.Equal([0.5f, -1], Parse(own)(File(1, 1, 24, [0, 0, 0x40, 0, 0, 0x80]), 48_000));
        Assert.Equal([0.25f, -2], Parse(own)(File(3, 1, 32, [.. BitConverter.GetBytes(0.25f), .. BitConverter.GetBytes(-2f)]), 48_000));
        Assert.Equal([0.75f], Parse(own)(File(1, 2, 16, [0, 0x40, 0xFF, 0x7F]), 48_000).Select(y => MathF.Round(y, 3)));
        var file = File(1, 1, 16, [0, 0x40]);
        Assert.Equal([0.5f], Parse(own)(Sized([.. file[..12], .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. file[12..]]), 48_000));

        // The long form of a format: 22 more bytes, and in them the kind.
        byte[] kind = [22, 0, 16, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71];
        var extensible = Sized([.. file[..16], 40, 0, 0, 0, 0xFE, 0xFF, .. file[22..36], .. kind, .. file[36..]]);
        Assert.Equal([0.5f], Parse(own)(extensible, 48_000));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_damaged_file_is_refused_at_every_length(bool own)
    {
        var file = Write(own)(Sound, 48_000);
        for (var length = 0; length < file.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Parse(own)(file[..length], 48_000));
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public void A_changed_byte_does_no_harm(bool own)
    {
        var file = Write(own)(Sound, 48_000);
        for (var i = 0; i < (file.Length - 2 * Sound.Length) * 256; i++)
        {
            var damaged = file.ToArray();
            damaged[i / 256] = (byte)i;
            try
            {
                Assert.InRange(Parse(own)(damaged, 48_000).Length, 1, Sound.Length);
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
    [InlineData("expected one or two channels of 2 bytes, got 0 in 0 bytes|block align is 0", 1, 0, 16)]
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
        AssertRefused("before chunk 'data'|No fmt chunk", Sized([.. "RIFF    WAVEdata"u8, 2, 0, 0, 0, 0, 0]));
        AssertRefused("cut off", File(1, 1, 16, new byte[24])[..60]);
    }

    private static Writer Write(bool own) => own ? Embedded.WaveFile.Write : WaveFile.Write;

    private static Parser Parse(bool own) => own ? (file, rate) => Embedded.WaveFile.Parse(file, rate) : WaveFile.Parse;

    /// <summary>By both; what they say stands on the two sides of a bar if it is not the same.</summary>
    private static void AssertRefused(string says, byte[] file, int rate = 48_000)
    {
        var (embedded, sample) = (says.Split('|')[0], says.Split('|')[^1]);
        Assert.Contains(
            embedded, Assert.Throws<InvalidDataException>(() => Parse(own: true)(file, rate)).Message, StringComparison.Ordinal);
        Assert.Contains(
            sample, Assert.Throws<InvalidDataException>(() => Parse(own: false)(file, rate)).Message, StringComparison.Ordinal);
    }

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
        return Sized(stream.ToArray());
    }

    /// <summary>With its length in its head.</summary>
    private static byte[] Sized(byte[] file)
    {
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        return file;
    }
}
