using System.Diagnostics;
using System.Globalization;

using FastRnn.Cli;
using FastRnn.Interchange.Tests.Import;

namespace FastRnn.Interchange.Tests.Commands;

/// <summary>Ctrl-C while an import runs in a process of its own. Whenever it comes, the folder holds everything or nothing: that is asked,
/// and not how far the import had come.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(900)]
    [InlineData(1800)]
    public async Task Ctrl_C_leaves_all_or_nothing(int milliseconds)
    {
        if (OperatingSystem.IsWindows())
            return;
        var dotnet = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        using var process = Process.Start(new ProcessStartInfo(
            dotnet, [typeof(Program).Assembly.Location, "import", Imported.Data("keras/keras_bilstm.keras")])
        {
            WorkingDirectory = folder.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await Task.Delay(milliseconds);
        using var kill = Process.Start("sh", ["-c", $"kill -INT {process.Id.ToString(CultureInfo.InvariantCulture)} 2> /dev/null"]);
        await kill.WaitForExitAsync();
        await process.WaitForExitAsync();

        var said = await output + await error;
        if (process.ExitCode == ExitCodes.Success)
        {
            // The signal came too late; and without --out the folder is named after the model.
            Assert.Equal(
                ["KerasBilstm.cs", "KerasBilstm.safetensors", "certificate.json", "certificate.md"],
                folder.Files.Select(file => file["KerasBilstm/".Length..]));
        }
        else
        {
            Assert.True(process.ExitCode == ExitCodes.Interrupted, $"exit code {process.ExitCode}: {said}");
            Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Root));
        }
    }
}
