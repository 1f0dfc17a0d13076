using System.Diagnostics;

namespace FastRnn.Distributed.Tests.Mpi;

/// <summary>A job of this assembly's program that was run to its end.</summary>
internal sealed record MpiJob(int ExitCode, string Output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string? Launcher = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(path => Path.Combine(path, "mpirun")).FirstOrDefault(File.Exists);

    /// <summary>Why there are no jobs here; null if there are.</summary>
    public static string? Missing { get; } = Launcher is null ? "there is no mpirun (Debian: openmpi-bin)" : null;

    /// <summary>Starts ranks on this machine, more than it has cores if need be, and over no network but the machine's own.</summary>
    public static MpiJob Run(int ranks, params string[] args)
    {
        string[] all =
        [
            "--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "--mca", "btl", "self,vader,tcp", "--mca", "btl_tcp_if_include",
            "lo", "--mca", "oob_tcp_if_include", "lo", "-n", $"{ranks}", "dotnet", typeof(MpiJob).Assembly.Location, .. args,
        ];
        var start = new ProcessStartInfo(Launcher!, all) { RedirectStandardOutput = true, RedirectStandardError = true };

        // What runs these tests is no business of theirs.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("VSTEST", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"mpirun {string.Join(' ', all)}\ndid not end within {Patience}");
        }

        return new MpiJob(process.ExitCode, output.Result + error.Result);
    }

    /// <summary>The job itself, if it succeeded.</summary>
    public MpiJob Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}:\n{Output}");
        return this;
    }

    /// <summary>How many lines of the output say something.</summary>
    public int Lines(string text) => Output.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));
}
