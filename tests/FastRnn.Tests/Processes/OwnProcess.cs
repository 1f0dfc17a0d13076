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
        var start = new ProcessStartInfo(DotNet) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(OwnProcess).Assembly.Location);
        start.ArgumentList.Add(typeof(TProgram).FullName!);
        foreach (var name in start.Environment.Keys.Where(IsRuntimeSetting).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode}:\n{errors.Result}");
        return output;
    }

    private static bool IsRuntimeSetting(string name) =>
        name.StartsWith("DOTNET_", StringComparison.OrdinalIgnoreCase) || name.StartsWith("COMPlus_", StringComparison.OrdinalIgnoreCase);

    /// <summary>The host of the runtime that runs this test: three folders above the runtime's own.</summary>
    private static string DotNet => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
