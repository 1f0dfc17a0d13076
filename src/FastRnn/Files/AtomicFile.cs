namespace FastRnn.Files;

/// <summary>Replaces a file as a whole: whatever happens, the path holds the old content or the new, never a mixture. What belongs to the
/// place and not to the content stays: a symbolic link and, on a Unix, the permissions.</summary>
public static class AtomicFile
{
    /// <summary>Writes a temporary file in the same folder, flushes it to the disk and renames it over <paramref name="path"/>.
    /// If anything fails, the temporary file is removed and the old one stays as it was; what a killed process left behind goes with the
    /// next file that is written into the folder.</summary>
    /// <param name="path">The file to create or to replace. Its folder must exist. A symbolic link stays, and the file that it leads to is
    /// replaced.</param>
    /// <param name="write">Writes the content. Its own exceptions come through; those of the file system are wrapped.</param>
    /// <exception cref="ModelFileException">The path is a folder, its folder is missing or may not be written, the file is read-only, or
    /// the disk is full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var full = Target(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
            throw new ModelFileException(path, "cannot be written: expected a file, got a folder");

        if (!Directory.Exists(folder))
            throw new ModelFileException(path, $"cannot be written: there is no folder {folder}");

        var mode = Mode(path, full);
        TemporaryFile.RemoveLeftovers(folder);
        var temporary = TemporaryFile.NameIn(folder);
        try
        {
            using (var stream = TemporaryFile.Create(temporary, mode))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            // Nobody may hold it under its new name: whoever reads it there would be refused.
            FileRename.Move(temporary, full);
        }
        catch (Exception e)
        {
            TemporaryFile.Remove(temporary);
            if (e is UnauthorizedAccessException or IOException and not ModelFileException)
                throw new ModelFileException(path, $"cannot be written: {e.Message}", e);

            throw;
        }

        // If it cannot be done, the new file is complete and in its place all the same: only the moment of its durability is unknown.
        _ = FolderSync.Flush(folder);
    }

    /// <summary>The file itself, where the path is a symbolic link to it.</summary>
    private static string Target(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            return new FileInfo(full).LinkTarget is null
                ? full
                : Path.GetFullPath(File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(path, $"cannot be written: {e.Message}", e);
        }
    }

    /// <summary>The permissions of the file that is to be replaced; null for a new one, or where there are none.</summary>
    /// <exception cref="ModelFileException">Nobody may write it. An administrator could, and so could who may write its folder: but
    /// somebody has protected it.</exception>
    private static UnixFileMode? Mode(string path, string full)
    {
        const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        if (!File.Exists(full))
            return null;

        UnixFileMode? mode = OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(full);
        return mode is null ? !File.GetAttributes(full).HasFlag(FileAttributes.ReadOnly) ? mode : throw ReadOnly()
            : (mode & Writable) != 0 ? mode : throw ReadOnly();

        ModelFileException ReadOnly() => new(path, "cannot be written: it is read-only");
    }
}
