namespace FastRnn.Tests.Files;

/// <summary>A folder of one test, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fastrnn-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a safetensors file from a header and data, right or wrong.</summary>
    public string Write(string header, byte[] data, ulong? headerLength = null)
    {
        var path = File("file.safetensors");
        var bytes = System.Text.Encoding.UTF8.GetBytes(header);
        System.IO.File.WriteAllBytes(path, [.. BitConverter.GetBytes(headerLength ?? (ulong)bytes.Length), .. bytes, .. data]);
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
