using System.Text;

using FastRnn.Files;

namespace FastRnn.Benchmarks.Results;

/// <summary>Files that appear as a whole, at the end of a run, or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Finds out whether a file could be written, before minutes are spent on what goes into it.</summary>
    /// <exception cref="IOException">It could not; the message says why.</exception>
    public static void Check(string path)
    {
        if (path.Length == 0)
        {
            throw new IOException("expected the name of a file, got an empty one");
        }

        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new IOException($"{path}: expected a file, got a folder");
        }

        try
        {
            // What AtomicFile will do, without its last step.
            var probe = Path.Combine(Path.GetDirectoryName(full)!, $".{Guid.NewGuid():N}.tmp");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{path}: cannot be written: {e.Message}", e);
        }
    }

    public static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
}
