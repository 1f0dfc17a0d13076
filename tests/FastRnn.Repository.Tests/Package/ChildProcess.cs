using System.Collections;
using System.Diagnostics;
using System.Text;


namespace FastRnn.Repository.Tests.Package;

/// <summary>A program that was run to its end; what it said stands in the message of a test that fails by it.</summary>
internal sealed record ChildProcess(string Command, int ExitCode, string Output)
{
    /// <summary>No verdict on speed: it only keeps what hangs from hanging the tests.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static readonly string[] Inherited =
    [
        "MSBUILD", "VSTEST", "NUGET_PACKAGES", "NUGET_FALLBACK_PACKAGES", "CONFIGURATION", "PLATFORM", "VERSION", "DOTNET_ROLL_FORWARD",
        "FASTRNN_",
    ];

    /// <summary>The program that runs these tests.</summary>
    public static string Dotnet { get; } =
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    /// <summary>Runs a program, as if from a fresh terminal: what the build that runs these tests has set is not handed down.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="environment">What is set besides.</param>
    /// <param name="program">Its name or path.</param>
    /// <param name="args">Its arguments.</param>
    public static async Task<ChildProcess> RunAsync(
        string folder, IReadOnlyDictionary<string, string> environment, string program, params string[] args)
    {
        var command = $"{program} {string.Join(' ', args)}";
        var start =
            new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key))
        {
            if (Inherited.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                start.Environment.Remove(name);
            }
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var output = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Receive;
        process.ErrorDataReceived += Receive;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{command}\ndid not end within {Patience}:\n{Said()}");
        }

        return new ChildProcess(command, process.ExitCode, Said());

        void Receive(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                output.Append(line.Data is null ? "" : line.Data + "\n");
            }
        }

        string Said()
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>What it said, if it ended well.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Command}\nended with {ExitCode}:\n{Output}");
        return Output;
    }

    /// <summary>What it said, if it ended well and had nothing to warn of.</summary>
    public string SucceededWithoutWarnings()
    {
        Assert.False(
            Succeeded().Replace("0 Warning(s)", "", StringComparison.Ordinal).Contains("warning", StringComparison.OrdinalIgnoreCase),
            $"{Command}\nwarned:\n{Output}");
        return Output;
    }
}
