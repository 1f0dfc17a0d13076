using System.Diagnostics;
using System.Runtime.InteropServices;

namespace FastRnn.Tests.Processes;

/// <summary>Starts this assembly once more.</summary>
internal static class OwnProcess
{
    /// <summary>Runs a program in a process of its own, under a runtime with default settings and those given.</summary>
    /// <returns>What it wrote to its standard output.</returns>
    public static string Run<TProgram>(params (string Name, string Value)[] settings)
        where TProgram : IProgram, new()
    {
        using var process = Start(typeof(TProgram), settings);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode}:\n{errors.Result}");
        return output;
    }

    /// <summary>Runs a program in a process of its own, and kills it when it has written some lines.</summary>
    public static void RunAndKill<TProgram>(int lines, params (string Name, string Value)[] settings)
        where TProgram : IProgram, new()
    {
        using var process = Start(typeof(TProgram), settings);
        var errors = process.StandardError.ReadToEndAsync();
        for (var line = 0; line < lines; line++)
            Assert.True(process.StandardOutput.ReadLine() is not null,
                $"Ended after {line} lines:\n{(process.WaitForExit(0) ? errors.Result : "")}");
        process.Kill();
        process.WaitForExit();
    }

    private static Process Start(Type program, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(DotNet) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        start.ArgumentList.Add(program.FullName!);
        foreach (var name in start.Environment.Keys.Where(IsRuntimeSetting).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        return Process.Start(start)!;
    }

    private static bool IsRuntimeSetting(string name) =>
        name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("COMPlus_", StringComparison.OrdinalIgnoreCase);

    /// <summary>The host of the runtime that runs this test: three folders above the runtime's own.</summary>
    private static string DotNet => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
