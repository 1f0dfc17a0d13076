namespace FastRnn.Files;

/// <summary>Opens files from an untrusted place: what is no regular file is refused before it is opened.</summary>
internal static class RegularFile
{
    /// <summary>Opens a file for reading, without a buffer. Links are followed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelFileException">There is no such file, it is a folder, a pipe, a device or empty, or it cannot be
    /// opened.</exception>
    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new ModelFileException(path, "expected a file, got a folder");

        FileStream? stream = null;
        try
        {
            if (!HasLength(path))
                throw new ModelFileException(path, "expected a file with content, got an empty one, a pipe or a device");

            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            return stream.CanSeek ? stream : throw new ModelFileException(path, "expected a file, got a pipe or a device");
        }
        catch (Exception e)
        {
            stream?.Dispose();
            if (e is FileNotFoundException or DirectoryNotFoundException)
                throw new ModelFileException(path, "there is no such file", e);

            if (e is UnauthorizedAccessException or IOException and not ModelFileException)
                throw new ModelFileException(path, $"cannot be read: {e.Message}", e);

            throw;
        }
    }

    // To open a named pipe waits until another program writes to it, and to open a device may do anything. .NET does not say which kind of
    // file a path is, but only regular files have a length before they are opened, and an empty one holds nothing to read. Windows has no
    // such files in its folders.
    private static bool HasLength(string path)
    {
        if (OperatingSystem.IsWindows())
            return true;

        var file = new FileInfo(path);
        return (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length > 0;
    }
}
