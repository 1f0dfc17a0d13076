using System.Text;

using FastRnn.Files;
using FastRnn.Tests.Models;
using FastRnn.Tests.Training;

namespace FastRnn.Tests.Files;

/// <summary>Every file that is written carries a checksum of itself, and no changed byte passes.</summary>
public sealed class ChecksumTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Files => ["weights", "state", "trainer", "loop"];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1000)]
    public void It_is_four_sums_of_Castagnoli_and_the_length(int count)
    {
        var bytes = new byte[count];
        new Random(count).NextBytes(bytes);
        var expected = Expected(bytes);
        foreach (var piece in (int[])[1, 5, 31, 32, 33, 4096])
        {
            using var sum = new FileChecksum();
            for (var at = 0; at < count; at += piece)
                sum.Write(bytes.AsSpan(at, Math.Min(piece, count - at)));
            Assert.Equal(expected, sum.Finish());
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_changed_byte_is_noticed(string kind)
    {
        var path = Write(kind);
        var file = File.ReadAllBytes(path);
        Open(file).Dispose();
        for (var i = 0; i < file.Length; i++)
        {
            foreach (var bits in (byte[])[1, 0x20, 0x80])
            {
                var changed = (byte[])file.Clone();
                changed[i] ^= bits;
                try
                {
                    Open(changed).Dispose();
                    Assert.Fail($"byte {i} of {file.Length}, ^ {bits}");
                }
                catch (ModelFileException)
                {
                    // As it should be.
                }
            }
        }
    }

    /// <summary>The same for all values of each byte of the smallest file; <c>FastRnn.Fuzz bytes all</c> does it for all files.</summary>
    [Fact]
    public void Every_other_value_of_every_byte_is_noticed()
    {
        var file = File.ReadAllBytes(Write("state"));
        var changed = (byte[])file.Clone();
        for (var i = 0; i < file.Length; i++)
        {
            for (var value = 0; value < 256; value++)
            {
                changed[i] = (byte)value;
                if (value != file[i])
                    Assert.Throws<ModelFileException>(() => Open(changed).Dispose());
            }

            changed[i] = file[i];
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_without_a_checksum_is_read_and_it_is_no_text_of_a_file(string kind)
    {
        var path = Write(kind);
        Assert.Contains("fastrnn.checksum", Encoding.UTF8.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal);
        using var with = Open(File.ReadAllBytes(path));
        using var without = Open(EditedFile.WithoutChecksum(File.ReadAllBytes(path)));
        Assert.DoesNotContain("fastrnn.checksum", with.Metadata.Keys);
        Assert.Equal(with.Metadata, without.Metadata);
    }

    [Fact]
    public void A_reserved_text_that_nothing_writes_is_neither_read_nor_written()
    {
        var path = Write("weights");
        EditedFile.Replace(path, "\"fastrnn.model\"", "\"fastrnn.nodel\"");
        Assert.Contains("metadata 'fastrnn.nodel' is unknown",
            Assert.Throws<ModelFileException>(() => ModelFile.ReadMetadata(path)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() =>
            SafeTensorsWriter.Write(Stream.Null, [], new Dictionary<string, string> { ["fastrnn.nodel"] = "" }));
    }

    [Fact]
    public void A_checksum_that_another_program_wrote_down_otherwise_is_told()
    {
        var path = Write("weights");
        var text = Encoding.UTF8.GetString(File.ReadAllBytes(path));
        var digits = text.Substring(text.IndexOf("fastrnn.checksum\":\"", StringComparison.Ordinal) + 19, 32);
        EditedFile.Replace(path, "\"format\":\"pt\"", $"\"format\":\"pt\", \"fastrnn.checksum\": \"{digits}\"");
        Assert.Contains("another program changed it (which should leave that key out)",
            Assert.Throws<ModelFileException>(() => ModelFile.ReadMetadata(path)).Message, StringComparison.Ordinal);
    }

    private static SafeTensorsReader Open(byte[] file) => SafeTensorsReader.Open(new MemoryStream(file), "file");

    private static string Expected(byte[] bytes)
    {
        // Bit by bit, as the polynomial has it.
        var lanes = new uint[] { ~0u, ~0u, ~0u, ~0u };
        var padded = new byte[((bytes.Length / 32) + 1) * 32];
        bytes.CopyTo(padded, 0);
        for (var i = 0; i < padded.Length; i++)
            lanes[i / 8 % 4] = Add(lanes[i / 8 % 4], padded[i]);
        return string.Concat(lanes.Select(lane =>
            BitConverter.GetBytes((long)bytes.Length).Aggregate(lane, Add).ToString("x8", null)));

        static uint Add(uint sum, byte value)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum >> 1) ^ (0x82F63B78 & (0 - (sum & 1)));
            return sum;
        }
    }

    private string Write(string kind)
    {
        var path = folder.File(kind);
        switch (kind)
        {
            case "weights":
                new LossOnTheCell(seed: 1).Save(path);
                break;
            case "state":
                var model = new LossOnTheCell(seed: 1);
                using (var session = model.CreateSession(new() { BatchSize = 2 }))
                {
                    session.Step(new float[2 * LossOnTheCell.Info.InputSize], new float[2 * LossOnTheCell.Info.OutputSize]);
                    session.GetState().Save(path, model);
                }

                break;
            case "trainer":
                using (var trainer = new LossOnTheCell(seed: 1).CreateTrainer(new()))
                    trainer.Save(path);
                break;
            default:
                using (var run = new LoopRun(path, steps: 3))
                    run.Loop().Run();
                break;
        }

        return path;
    }
}
