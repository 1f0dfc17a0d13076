using System.Diagnostics;
using System.Runtime.InteropServices;

using FastRnn.Cli;

namespace FastRnn.Repository.Tests.Cli;

/// <summary>What only a process of its own shows: signals, and output to a pipe.</summary>
public sealed partial class ProcessTests : IDisposable
{
    private const int Interrupt = 2, Terminate = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly CommandLineFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Ctrl_C_saves_a_model_and_says_how_to_go_on()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var process = Start(
            "train", folder.Text, "--cell", "elman", "--steps", "100000000", "--batch-size", "4", "--sequence-length", "8", "--out",
            folder.Path("m"));
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        }
        while (line is not null && !line.StartsWith("plan", StringComparison.Ordinal));

        // A shell that starts these tests in the background has them ignore Ctrl-C, and the program with them: the other signal means
        // the same.
        Assert.Equal(0, Kill(process.Id, IsInterruptIgnored() ? Terminate : Interrupt));
        var rest = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(ExitCodes.Interrupted, process.ExitCode);
        Assert.Contains("Go on:", rest, StringComparison.Ordinal);
        CommandLineRun.Of("info", folder.Path("m")).AssertSucceeds();
    }

    private static bool IsInterruptIgnored() =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } ignored
        && (Convert.ToUInt64(ignored.Split('\t')[^1], 16) & (1UL << (Interrupt - 1))) != 0;

    [Fact]
    public async Task Bytes_of_a_sample_reach_a_pipe_as_they_are()
    {
        using var process = Start("sample", folder.Model(), "--prompt", "é", "--length", "3000", "--seed", "3");
        using var bytes = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(bytes).WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(3002, bytes.Length);
        Assert.Equal(
            CommandLineRun.Of("sample", folder.Path("model"), "--prompt", "é", "--length", "3000", "--seed", "3").Bytes,
            bytes.ToArray());
    }

    [Fact]
    public async Task An_error_is_one_line_without_a_stack_trace()
    {
        using var process = Start("train", folder.Path("none"));
        var error = await process.StandardError.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(ExitCodes.Failed, process.ExitCode);
        Assert.Equal($"fastrnn: {folder.Path("none")}: there is no such file\n", error.ReplaceLineEndings("\n"));
    }

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo(
            Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        return Process.Start(start)!;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
