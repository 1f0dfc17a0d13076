namespace FastRnn.Generators.Tests.Harness;

/// <summary>Files of one test, in a folder that goes with it.</summary>
internal sealed class TemporaryFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fastrnn").FullName;

    public AdditionalFile Add(string name, byte[] bytes)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return new AdditionalFile(path);
    }

    public string PathOf(string name) => Path.Combine(folder, name);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
