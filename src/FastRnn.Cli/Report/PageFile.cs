using System.Text;

using FastRnn.Files;

namespace FastRnn.Cli.Report;

/// <summary>Where a page goes: the file is replaced as a whole or not at all.</summary>
internal sealed class PageFile(string path)
{
    /// <summary>Looks whether the page can be written, before anything takes time.</summary>
    /// <exception cref="CommandException">It cannot.</exception>
    public void CheckWritable()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        if (Directory.Exists(path))
        {
            throw CommandException.Failed($"{path}: expected a file to write the page to, got a directory");
        }

        if (!Directory.Exists(folder))
        {
            throw CommandException.Failed($"{path}: cannot be written: there is no directory {folder}");
        }

        try
        {
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.writable");
            AtomicFile.Write(probe, _ => { });
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Failed($"{path}: cannot be written: {e.Message}");
        }
    }

    public void Write(string page) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(page)));
}
