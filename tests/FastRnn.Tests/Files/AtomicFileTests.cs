using FastRnn.Files;

namespace FastRnn.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string path;

    public AtomicFileTests()
    {
        path = folder.File("target");
        File.WriteAllText(path, "old");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_is_replaced_and_nothing_else_is_left()
    {
        AtomicFile.Write(path, stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_file_is_created()
    {
        AtomicFile.Write(folder.File("fresh"), stream => stream.Write("new"u8));

        Assert.Equal("new", File.ReadAllText(folder.File("fresh")));
    }

    [Fact]
    public void While_the_new_file_is_written_the_old_one_stands()
    {
        AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1 << 20]);
            stream.Flush();
            Assert.Equal("old", File.ReadAllText(path));
            Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
        });

        Assert.Equal(1 << 20, new FileInfo(path).Length);
    }

    [Fact]
    public void An_interrupted_write_leaves_the_old_file_and_nothing_else()
    {
        var error = Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new InvalidOperationException("stop");
        }));

        Assert.Equal("stop", error.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_full_disk_leaves_the_old_file_and_says_which_file_it_was()
    {
        var error = Assert.Throws<ModelFileException>(() => AtomicFile.Write(path, stream =>
        {
            stream.Write(new byte[1 << 20]);
            WriteToFullDisk();
        }));

        Assert.StartsWith(path + ": cannot be written: ", error.Message, StringComparison.Ordinal);
        Assert.IsType<IOException>(error.InnerException);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_is_not_replaced()
    {
        var error = Assert.Throws<ModelFileException>(() => AtomicFile.Write(folder.Path, _ => { }));

        Assert.Equal(folder.Path + ": cannot be written: expected a file, got a folder", error.Message);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void The_root_is_not_replaced() =>
        Assert.Throws<ModelFileException>(() => AtomicFile.Write(Path.GetPathRoot(folder.Path)!, _ => { }));

    [Fact]
    public void A_missing_folder_is_named()
    {
        var missing = folder.File("absent");

        var error = Assert.Throws<ModelFileException>(() => AtomicFile.Write(Path.Combine(missing, "target"), _ => { }));

        Assert.Equal($"{Path.Combine(missing, "target")}: cannot be written: there is no folder {missing}", error.Message);
    }

    [Fact]
    public void A_folder_that_takes_no_files_is_refused()
    {
        // Not by permissions, which would not stop an administrator: /proc takes files from nobody, and "target" is no folder.
        var inside = OperatingSystem.IsLinux() ? "/proc/fastrnn" : Path.Combine(path, "inside");

        var error = Assert.Throws<ModelFileException>(() => AtomicFile.Write(inside, _ => Assert.Fail("nothing can be written there")));

        Assert.StartsWith(inside + ": cannot be written: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Unix_flushes_the_entries_of_a_folder()
    {
        Assert.Equal(!OperatingSystem.IsWindows(), FolderSync.Flush(folder.Path));
        Assert.False(FolderSync.Flush(folder.File("absent")));
    }

    private static void WriteToFullDisk()
    {
        if (!OperatingSystem.IsLinux())
            throw new IOException("the disk is full");

        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
        full.Write(new byte[1]);
    }
}
