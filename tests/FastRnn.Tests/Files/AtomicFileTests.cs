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

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)]
    [InlineData(UnixFileMode.UserWrite)]
    public void Permissions_stay(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
            return;

        File.SetUnixFileMode(path, mode);
        AtomicFile.Write(path, stream =>
        {
            // Nor has the new file more of them while it is written.
            var temporary = Directory.GetFiles(folder.Path).Single(file => file != path);
            Assert.Equal(mode, OperatingSystem.IsWindows() ? mode : File.GetUnixFileMode(temporary));
            stream.Write("new"u8);
        });
        Assert.Equal(mode, File.GetUnixFileMode(path));
        Assert.Equal(3, new FileInfo(path).Length);
    }

    [Fact]
    public void A_symbolic_link_stays_and_what_it_leads_to_is_replaced()
    {
        if (OperatingSystem.IsWindows())
            return;

        var elsewhere = Directory.CreateDirectory(folder.File("elsewhere")).FullName;
        File.Move(path, Path.Combine(elsewhere, "real"));
        File.CreateSymbolicLink(folder.File("second"), Path.Combine("elsewhere", "real"));
        File.CreateSymbolicLink(path, "second");
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal(("second", Path.Combine("elsewhere", "real")),
            (new FileInfo(path).LinkTarget, new FileInfo(folder.File("second")).LinkTarget));
        Assert.Equal("new", File.ReadAllText(Path.Combine(elsewhere, "real")));
        Assert.Equal(3, Directory.GetFileSystemEntries(folder.Path).Length);
        Assert.Single(Directory.GetFileSystemEntries(elsewhere));

        // A link to nothing yet: the file comes to be where it leads.
        File.Delete(Path.Combine(elsewhere, "real"));
        AtomicFile.Write(path, stream => stream.Write("again"u8));
        Assert.Equal("again", File.ReadAllText(Path.Combine(elsewhere, "real")));

        File.CreateSymbolicLink(folder.File("a"), "b");
        File.CreateSymbolicLink(folder.File("b"), "a");
        Assert.Throws<ModelFileException>(() => AtomicFile.Write(folder.File("a"), _ => { }));
    }

    [Fact]
    public void A_file_that_is_read_only_is_refused()
    {
        File.SetAttributes(path, FileAttributes.ReadOnly);
        var error = Assert.Throws<ModelFileException>(() => AtomicFile.Write(path, _ => Assert.Fail("nothing is to be written")));
        Assert.Equal(path + ": cannot be written: it is read-only", error.Message);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Path));
        File.SetAttributes(path, FileAttributes.Normal);
    }

    [Fact]
    public void What_dead_processes_left_goes_and_what_somebody_writes_stays()
    {
        // No process has such a number.
        var (dead, own) = ($".fastrnn-{int.MaxValue}-", $".fastrnn-{Environment.ProcessId}-");
        var (left, other) = (folder.File(dead + Guid.NewGuid().ToString("N") + ".tmp"), folder.File($".{Guid.NewGuid():N}.tmp"));
        var (locked, young, old) = (folder.File(dead + Guid.NewGuid().ToString("N") + ".tmp"),
            folder.File(own + Guid.NewGuid().ToString("N") + ".tmp"), folder.File(own + Guid.NewGuid().ToString("N") + ".tmp"));
        string[] strange = [folder.File(".fastrnn-12-notes.tmp"), folder.File(".fastrnn-.tmp"), folder.File(".fastrnn-x.tmp")];
        foreach (var file in (string[])[left, other, locked, young, old, .. strange])
            File.WriteAllText(file, "part");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        using (new FileStream(locked, FileMode.Open, FileAccess.Write, FileShare.None))
            AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal(((string[])[path, other, locked, young, .. strange]).Order(StringComparer.Ordinal),
            Directory.GetFiles(folder.Path).Order(StringComparer.Ordinal));
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.False(File.Exists(locked));
    }

    [Fact]
    public void Two_saves_at_once_leave_each_other_alone()
    {
        AtomicFile.Write(path, stream =>
        {
            stream.Write("first"u8);
            AtomicFile.Write(folder.File("other"), inner => inner.Write("second"u8));
        });
        Assert.Equal(("first", "second"), (File.ReadAllText(path), File.ReadAllText(folder.File("other"))));
        Assert.Equal(2, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public async Task Whoever_reads_meanwhile_is_let_through()
    {
        // There a file that is read cannot be replaced.
        if (OperatingSystem.IsWindows())
            return;

        var writer = Task.Run(() =>
        {
            for (var n = 0; n < 500; n++)
                AtomicFile.Write(path, stream => stream.Write("new"u8));
        });
        while (!writer.IsCompleted)
            File.OpenHandle(path).Dispose();
        await writer;
    }

    [Fact]
    public async Task Many_who_save_in_one_folder_do_not_hinder_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
        {
            for (var n = 0; n < 100; n++)
                AtomicFile.Write(folder.File("other" + i), stream => stream.Write("other"u8));
        })));
        Assert.Equal(9, Directory.GetFileSystemEntries(folder.Path).Length);
    }

    [Fact]
    public void Where_permissions_cannot_be_changed_those_of_the_new_file_stay()
    {
        if (OperatingSystem.IsWindows())
            return;

        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var refusal in (Exception[])[new UnauthorizedAccessException(), new IOException()])
        {
            var temporary = TemporaryFile.NameIn(folder.Path);
            using (var stream = TemporaryFile.Create(temporary, Mode, (_, _) => throw refusal))
                stream.Write("new"u8);
            Assert.Equal(Mode, File.GetUnixFileMode(temporary));
        }

        // Nor is the file left open if anything else is wrong: nobody could open it again.
        var left = TemporaryFile.NameIn(folder.Path);
        Assert.Throws<NotSupportedException>(() => TemporaryFile.Create(left, Mode, (_, _) => throw new NotSupportedException()));
        new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
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
