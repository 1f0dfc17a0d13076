namespace FastRnn.Files;

/// <summary>Replaces a file as a whole: whatever happens, the path holds the old content or the new, never a mixture.</summary>
public static class AtomicFile
{
    /// <summary>Writes a temporary file in the same folder, flushes it to the disk and renames it over <paramref name="path"/>.
    /// If anything fails, the temporary file is removed and the old one stays as it was.</summary>
    /// <param name="path">The file to create or to replace. Its folder must exist.</param>
    /// <param name="write">Writes the content. Its own exceptions come through; those of the file system are wrapped.</param>
    /// <exception cref="ModelFileException">The path is a folder, its folder is missing or may not be written, or the disk is
    /// full.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var full = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(full);
        if (folder is null || Directory.Exists(full))
            throw new ModelFileException(path, "cannot be written: expected a file, got a folder");

        if (!Directory.Exists(folder))
            throw new ModelFileException(path, $"cannot be written: there is no folder {folder}");

        // Short and of its own, so that a long file name stays within the file system's limit.
        var temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch (Exception e)
        {
            Remove(temporary);
            if (e is UnauthorizedAccessException or IOException and not ModelFileException)
                throw new ModelFileException(path, $"cannot be written: {e.Message}", e);

            throw;
        }

        // If it cannot be done, the new file is complete and in its place all the same: only the moment of its durability is unknown.
        _ = FolderSync.Flush(folder);
    }

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }
}
