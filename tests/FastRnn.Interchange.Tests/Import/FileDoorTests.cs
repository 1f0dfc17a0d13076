using System.Diagnostics;

using FastRnn.Files;
using FastRnn.Interchange.Files;
using FastRnn.Interchange.Tests.PyTorch;

namespace FastRnn.Interchange.Tests.Import;

/// <summary>What is no file is refused before it is opened, whatever its name says that it is.</summary>
public sealed class FileDoorTests
{
    [Theory]
    [InlineData(".onnx")]
    [InlineData(".keras")]
    [InlineData(".weights.h5")]
    [InlineData(".json")]
    [InlineData(".pt")]
    [InlineData(".safetensors")]
    [InlineData(".dat")]
    public void A_pipe_is_not_opened(string extension)
    {
        if (OperatingSystem.IsWindows())
            return; // Its pipes are in no folder.
        using var folder = new TempFolder();
        var pipe = Path.Combine(folder.Path, "pipe" + extension);
        MakePipe(pipe);

        // With a reader and a writer, opening it again would not wait: a fault here fails, and does not hang.
        using var open = File.OpenHandle(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        Assert.Contains("an empty one, a pipe or a device", Refusal(pipe));

        var link = Path.Combine(folder.Path, "link" + extension);
        File.CreateSymbolicLink(link, pipe);
        Assert.Contains("an empty one, a pipe or a device", Refusal(link));
    }

    [Fact]
    public void A_device_is_not_opened()
    {
        if (OperatingSystem.IsWindows())
            return; // Its devices have names that no folder holds.
        Assert.Contains("an empty one, a pipe or a device", Refusal("/dev/zero"));
        Assert.Throws<ModelFileException>(() => SafeTensorsReader.Open("/dev/zero"));
    }

    [Fact]
    public void A_folder_and_a_missing_file_are_told_apart()
    {
        using var folder = new TempFolder();
        Assert.Contains("got a folder", Refusal(folder.Path));
        Assert.Contains("there is no such file", Refusal(Path.Combine(folder.Path, "none.onnx")));
    }

    [Fact]
    public void Bytes_of_a_whole_file_are_given_once()
    {
        using var file = new TempFile([1, 2, 3, 4, 5]);
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5 }, FileDoor.Read(file.Path, bytes => bytes.ToArray()));
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5 }, FileDoor.FirstBytes(file.Path));
        Assert.Throws<FormatException>(() => FileDoor.Read<int>(file.Path, _ => throw new FormatException()));
    }

    private static string Refusal(string path) =>
        Assert.Throws<ForeignFileException>(() => ForeignNetwork.Open(path)).Message;

    private static void MakePipe(string path)
    {
        using var process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    private sealed class TempFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("fastrnn-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
