namespace FastRnn.Fuzz;

/// <summary>Where files lie while they are read: in memory, where there is such a place.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    public ScratchFolder() => Path = Directory.Exists(Memory)
        ? Directory.CreateDirectory($"{Memory}/fastrnn-fuzz-{Environment.ProcessId}").FullName
        : Directory.CreateTempSubdirectory("fastrnn-fuzz-").FullName;

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
