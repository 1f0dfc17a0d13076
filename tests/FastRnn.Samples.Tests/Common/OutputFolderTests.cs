using System.Text;

using FastRnn.Samples.Common;

namespace FastRnn.Samples.Tests.Common;

public sealed class OutputFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_it_wrote_itself_is_written_again()
    {
        foreach (var text in new[] { "one", "two" })
        {
            var output = new OutputFolder(folder.Path("a", "b"), ["file"]);
            Assert.Equal(folder.Path("a", "b", "file"), output.Write("file", Encoding.UTF8.GetBytes(text)));
            Assert.Equal(text, File.ReadAllText(folder.Path("a", "b", "file")));
        }
    }

    [Fact]
    public void Somebody_elses_file_stays()
    {
        File.WriteAllText(folder.Path("file"), "precious");
        var e = Assert.Throws<SampleException>(() => new OutputFolder(folder.Root, ["other", "file"]));
        Assert.Contains(folder.Path("file"), e.Message, StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(folder.Path("file")));
        _ = new OutputFolder(folder.Root, ["other"]);
    }

    [Fact]
    public void A_file_that_was_changed_since_stays()
    {
        new OutputFolder(folder.Root, ["file"]).Write("file", "ours"u8.ToArray());
        File.AppendAllText(folder.Path("file"), " and edited");
        Assert.Throws<SampleException>(() => new OutputFolder(folder.Root, ["file"]));
        Assert.Equal("ours and edited", File.ReadAllText(folder.Path("file")));
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused()
    {
        File.WriteAllText(folder.Path("file"), "");
        Directory.CreateDirectory(folder.Path("taken", "dry.wav"));
        ProgramRun.Of("audio", "--out", folder.Path("file")).AssertFails(ExitCodes.Failed, folder.Path("file"));
        ProgramRun.Of("audio", "--out", folder.Path("file", "below")).AssertFails(ExitCodes.Failed, "expected a folder to write to");
        ProgramRun.Of("audio", "--out", folder.Path("taken")).AssertFails(ExitCodes.Failed, "dry.wav", "choose another --out");
        if (OperatingSystem.IsLinux())
        {
            // Not even root may write here.
            ProgramRun.Of("audio", "--out", "/proc/none").AssertFails(ExitCodes.Failed, "/proc/none");
        }
    }
}
