namespace FastRnn.Interchange.Files;

/// <summary>Where files come in: kinds of file, lengths and rights are checked before anything is read or allocated.</summary>
internal static class FileDoor
{
    /// <summary>The longest file that is read: what an array can hold.</summary>
    public const long MostBytes = 0x7FFF_FFC7;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="ForeignFileException">There is no such file, it is no regular file, it is too long or cannot be read.</exception>
    public static byte[] ReadAll(string path, long mostBytes = MostBytes)
    {
        using var stream = Open(path);
        if (stream.Length > mostBytes)
            throw new ForeignFileException($"{path}: expected at most {mostBytes} bytes, got {stream.Length}");
        try
        {
            var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ForeignFileException($"{path}: cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Opens a regular file for reading.</summary>
    /// <exception cref="ForeignFileException">There is no such file, it is no regular file, or it cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new ForeignFileException($"{path}: expected a file, got a folder");

        FileStream? stream = null;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            if (!stream.CanSeek)
                throw new ForeignFileException($"{path}: expected a file, got a pipe or a device");
            return stream;
        }
        catch (Exception e)
        {
            stream?.Dispose();
            if (e is FileNotFoundException or DirectoryNotFoundException)
                throw new ForeignFileException($"{path}: there is no such file", e);
            if (e is UnauthorizedAccessException or IOException)
                throw new ForeignFileException($"{path}: cannot be read: {e.Message}", e);
            throw;
        }
    }

    /// <summary>A file that another one names: only inside of that one's folder, followed through no link.</summary>
    /// <param name="path">The file that names it.</param>
    /// <param name="name">The name, relative, with slashes.</param>
    /// <exception cref="ForeignFileException">It lies outside of the folder, or is a link.</exception>
    public static string Beside(string path, string name)
    {
        var folder = Path.GetFullPath(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (name.Length == 0 || name.Contains('\0') || Path.IsPathRooted(name) || name.Contains('\\') || name.Contains(':')
            || name.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw new ForeignFileException($"{path}: the file '{name}' that it names is not inside of its own folder");
        }

        var full = folder;
        foreach (var part in name.Split('/'))
        {
            full = Path.Combine(full, part);
            if (IsLink(path, name, full))
                throw new ForeignFileException($"{path}: the file '{name}' that it names is, or is reached by, a link");
        }

        return full;
    }

    private static bool IsLink(string path, string name, string full)
    {
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: false) is not null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ForeignFileException(
                e is FileNotFoundException or DirectoryNotFoundException
                    ? $"{path}: there is no file '{name}' beside the model"
                    : $"{path}: the file '{name}' that it names cannot be read: {e.Message}",
                e);
        }
    }
}
