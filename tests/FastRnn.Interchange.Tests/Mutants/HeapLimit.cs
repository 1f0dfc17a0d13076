using System.Diagnostics;
using System.Globalization;

namespace FastRnn.Interchange.Tests.Mutants;

/// <summary>Imports a file in a process whose heap may not grow beyond a limit. What is allocated in all says nothing against a file of
/// which little is held at a time: then this is asked.</summary>
internal static class HeapLimit
{
    // What the program itself has on its heap, and what the compiler takes where a file is read whole.
    private const long OfProgram = 24 << 20;
    private const long OfCompiler = 200 << 20;

    /// <summary>Imports a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="folder">A folder that is not there, for what is written.</param>
    /// <param name="most">What the reader may hold, in bytes.</param>
    /// <param name="isRead">Whether the file is read, so that its declaration is compiled.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Run(string path, string folder, long most, bool isRead)
    {
        var limit = most + OfProgram + (isRead ? OfCompiler : 0);
        var start = new ProcessStartInfo("dotnet", [typeof(Cli.Program).Assembly.Location, "import", path, "--out", folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_GCHeapHardLimit"] = limit.ToString("x", CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var isRefused = process.ExitCode == Cli.ExitCodes.Failed && !error.Contains("memory", StringComparison.Ordinal);
        return isRefused || process.ExitCode == Cli.ExitCodes.Success
            ? null
            : $"with a heap of {limit} bytes the import ended with {process.ExitCode}: {error}{output.Result}";
    }
}
