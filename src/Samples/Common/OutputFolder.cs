using System.Security.Cryptography;
using System.Text;

using FastRnn.Files;

namespace FastRnn.Samples.Common;

/// <summary>Where a sample writes its files. A list beside them (as <c>sha256sum</c> writes it) remembers what was written, so that a file
/// that somebody else wrote, or changed since, is never replaced.</summary>
internal sealed class OutputFolder
{
    private const string ListName = "written-by-samples.sha256";
    private readonly SortedDictionary<string, string> written = new(StringComparer.Ordinal);
    private readonly string path;

    /// <summary>Makes the folder and checks, before any work is done, that these files may be written.</summary>
    /// <exception cref="SampleException">The folder cannot be made, or one of the files is somebody else's.</exception>
    /// <exception cref="ModelFileException">Nothing can be written there.</exception>
    public OutputFolder(string path, IEnumerable<string> names)
    {
        this.path = path;
        try
        {
            Directory.CreateDirectory(path);
            foreach (var line in File.Exists(Full(ListName)) ? File.ReadAllLines(Full(ListName)) : [])
            {
                if (line.Split("  ", 2) is [var hash, var name])
                {
                    written[name] = hash;
                }
            }

            foreach (var name in names.Where(name => Path.Exists(Full(name)) && !IsOurs(name)))
            {
                throw new SampleException(
                    $"{Full(name)}: it is there already and was not written by this program, or was changed since; choose another --out");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SampleException($"{path}: expected a folder to write to: {e.Message}");
        }

        SaveList();
    }

    /// <summary>Writes a file as a whole, or not at all.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, ReadOnlyMemory<byte> content) =>
        Write(name, path => AtomicFile.Write(path, stream => stream.Write(content.Span)));

    /// <summary>Lets something write a file: <c>output.Write("model.safetensors", path => model.Save(path))</c>.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, Action<string> save)
    {
        save(Full(name));
        written[name] = Hash(name);
        SaveList();
        return Full(name);
    }

    private string Full(string name) => Path.Combine(path, name);

    private bool IsOurs(string name) => written.TryGetValue(name, out var hash) && File.Exists(Full(name)) && Hash(name) == hash;

    private string Hash(string name)
    {
        using var stream = File.OpenRead(Full(name));
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private void SaveList()
    {
        var text = string.Concat(written.Select(file => $"{file.Value}  {file.Key}\n"));
        AtomicFile.Write(Full(ListName), stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}
