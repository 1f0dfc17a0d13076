using System.Diagnostics;

using FastRnn.Files;

namespace FastRnn.Tests.Files;

/// <summary>What is no regular file is refused before it is opened.</summary>
public sealed class RegularFileTests : IDisposable
{
    private const string Refused = "expected a file with content, got an empty one, a pipe or a device";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_and_a_link_to_it_are_opened()
    {
        var path = folder.File("file");
        File.WriteAllBytes(path, [1, 2, 3]);
        var link = folder.File("link");
        var second = folder.File("second");
        File.CreateSymbolicLink(link, path);
        File.CreateSymbolicLink(second, link);
        foreach (var name in (string[])[path, link, second])
        {
            using var stream = RegularFile.Open(name);
            Assert.Equal(3, stream.Length);
        }
    }

    [Fact]
    public void A_pipe_is_refused_and_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return; // Its pipes are in no folder.
        var path = folder.File("pipe");
        using (var process = Process.Start("mkfifo", [path]))
        {
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }

        // With a reader and a writer, opening it again would not wait: a fault here fails, and does not hang.
        using var open = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var link = folder.File("link");
        File.CreateSymbolicLink(link, path);
        foreach (var name in (string[])[path, link])
        {
            Assert.Equal(Refused, Refusal(name));
            Assert.Equal(Refused, Assert.Throws<ModelFileException>(() => ModelFile.ReadMetadata(name)).What);
        }
    }

    [Fact]
    public void Devices_empty_files_folders_and_what_is_missing_are_refused()
    {
        File.WriteAllBytes(folder.File("empty"), []);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(Refused, Refusal(folder.File("empty")));
            Assert.Equal(Refused, Refusal("/dev/zero"));
        }

        Assert.Equal("expected a file, got a folder", Refusal(folder.Path));
        Assert.Equal("there is no such file", Refusal(folder.File("none")));
        File.CreateSymbolicLink(folder.File("nowhere"), folder.File("none"));
        Assert.Equal("there is no such file", Refusal(folder.File("nowhere")));
        File.CreateSymbolicLink(folder.File("round"), folder.File("round"));
        Assert.Contains("cannot be read", Refusal(folder.File("round")));
    }

    private static string Refusal(string path) => Assert.Throws<ModelFileException>(() => RegularFile.Open(path)).What;
}
