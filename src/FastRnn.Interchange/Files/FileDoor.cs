using System.Runtime.InteropServices;

using FastRnn.Files;

namespace FastRnn.Interchange.Files;

/// <summary>Where files come in: kinds of file, lengths and rights are checked before anything is read or allocated.</summary>
internal static class FileDoor
{
    /// <summary>The longest file that is read: what an array can hold.</summary>
    public const long MostBytes = 0x7FFF_FFC7;

    /// <summary>The first 16 bytes of a file, which tell its format; fewer if it is shorter.</summary>
    /// <exception cref="ForeignFileException">There is no such file, it is no regular file, or it cannot be read.</exception>
    public static byte[] FirstBytes(string path)
    {
        using var stream = Open(path);
        var bytes = new byte[Math.Min(16, stream.Length)];
        Read(path, stream, bytes);
        return bytes;
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="ForeignFileException">There is no such file, it is no regular file, it is too long or cannot be read.</exception>
    public static byte[] ReadAll(string path, long mostBytes = MostBytes)
    {
        using var stream = Open(path);
        if (stream.Length > mostBytes)
            throw new ForeignFileException($"{path}: expected at most {mostBytes} bytes, got {stream.Length}");
        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        Read(path, stream, bytes);
        return bytes;
    }

    /// <summary>Makes something of the bytes of a whole file, which are given back at once: the collector would keep those of a large file
    /// for as long as it is not short of memory.</summary>
    /// <param name="path">The file.</param>
    /// <param name="make">Copies what it wants to keep.</param>
    /// <exception cref="ForeignFileException">There is no such file, it is no regular file, it is too long or cannot be read.</exception>
    public static unsafe T Read<T>(string path, Func<ReadOnlySpan<byte>, T> make)
    {
        using var stream = Open(path);
        var length = stream.Length;
        if (length > MostBytes)
            throw new ForeignFileException($"{path}: expected at most {MostBytes} bytes, got {length}");
        var bytes = NativeMemory.Alloc((nuint)length);
        try
        {
            Read(path, stream, new Span<byte>(bytes, (int)length));
            return make(new ReadOnlySpan<byte>(bytes, (int)length));
        }
        finally
        {
            NativeMemory.Free(bytes);
        }
    }

    /// <summary>Opens a regular file for reading.</summary>
    /// <exception cref="ForeignFileException">There is no such file, it is no regular file, or it cannot be opened.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return RegularFile.Open(path);
        }
        catch (ModelFileException e)
        {
            throw new ForeignFileException(e.Message, e);
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

    private static void Read(string path, FileStream stream, Span<byte> bytes)
    {
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ForeignFileException($"{path}: cannot be read: {e.Message}", e);
        }
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
