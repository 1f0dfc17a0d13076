using System.Buffers.Binary;

using FastRnn.Parameters;
using FastRnn.Samples.Captions;
using FastRnn.Samples.Common;
using FastRnn.Samples.Tests.Common;

namespace FastRnn.Samples.Tests.Captions;

public sealed class CaptionSampleTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_short_version_describes_scenes_that_were_never_shown()
    {
        var figures = ProgramRun.Quick("captions", "--show", "3", "--out", folder.Root);
        Assert.InRange(figures["exact sentences about scenes that were never shown"], 0.9, 1);
        Assert.InRange(figures["the same with the picture in the first input"], 0.4, 1);

        var lines = File.ReadAllLines(folder.Path("captions.txt"));
        Assert.Equal(3, lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            Assert.StartsWith($"picture-{i + 1:d2}.bmp: a ", lines[i], StringComparison.Ordinal);
            Assert.True(File.Exists(folder.Path($"picture-{i + 1:d2}.bmp")));
        }
    }

    [Fact]
    public void Without_training_no_sentence_is_right_and_it_says_so()
    {
        var run = ProgramRun.Of("captions", "--quick", "--steps", "1", "--json", "--out", folder.Root);
        Assert.Equal(ExitCodes.Failed, run.ExitCode);
        Assert.InRange(run.Figures["exact sentences about scenes that were never shown"], 0, 0.05);
        Assert.Contains("(it is a ", File.ReadAllText(folder.Path("captions.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_right_is_said_before_any_work_is_done()
    {
        ProgramRun.Of("captions", "--show", "0").AssertFails(ExitCodes.Usage, "--show: expected a number from 1 to 100, got '0'");
        File.WriteAllText(folder.Path("picture-02.bmp"), "mine");
        ProgramRun.Of("captions", "--out", folder.Root).AssertFails(ExitCodes.Failed, "picture-02.bmp: it is there already");
        Assert.Equal("mine", File.ReadAllText(folder.Path("picture-02.bmp")));
    }

    [Fact]
    public void The_bitmap_holds_the_picture()
    {
        var picture = Painter.Paint(new RandomSource(1), new Scene(1, 0, 1, 0));
        var file = BitmapFile.Write(picture, scale: 3);
        const int Side = 3 * Painter.Side, Stride = 3 * Side;
        Assert.Equal("BM"u8, file.AsSpan(0, 2));
        int[] header = [.. new[] { 2, 10, 14, 18, 22, 26, 30 }.Select(at => BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at)))];
        Assert.Equal([54 + Side * Stride, 54, 40, Side, Side, 1 + (24 << 16), 0], header);
        Assert.Equal(header[0], file.Length);
        foreach (var (row, column) in new[] { (0, 0), (13, 14), (40, 80), (Side - 1, Side - 1) })
        {
            for (var channel = 0; channel < 3; channel++)
            {
                var value = picture[(channel * Painter.Side + row / 3) * Painter.Side + column / 3];
                Assert.Equal(Math.Clamp(value * 255, 0, 255), file[54 + (Side - 1 - row) * Stride + 3 * column + 2 - channel], 0.51);
            }
        }
    }
}
