using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

using FastRnn.Benchmarks.Results;

namespace FastRnn.Benchmarks.Embedded;

/// <summary>Builds the program, into a folder of its own that is deleted at the end.</summary>
internal sealed class EmbeddedBuilds : IDisposable
{
    private const string NativeFramework = "net10.0";
    private readonly string folder = Directory.CreateTempSubdirectory("fastrnn-embedded-").FullName;
    private readonly List<EmbeddedProgram> programs = [];
    private readonly List<string> notes = [];

    public IReadOnlyList<EmbeddedProgram> Programs => programs;

    /// <summary>What could not be built, and why.</summary>
    public IReadOnlyList<string> Notes => notes;

    public static string Source { get; } = Path.Combine(ResultsFolder.Checkout, "src", "Samples", "Embedded");

    /// <summary>Builds all that can be built here.</summary>
    /// <param name="native">A native program that exists already; null builds it.</param>
    /// <param name="quick">Whether one native program is enough.</param>
    /// <param name="interrupt">Ends it.</param>
    /// <exception cref="IOException">The program cannot be built at all.</exception>
    public void Build(string? native, bool quick, CancellationToken interrupt)
    {
        if (Make("JIT", isNative: false, [], interrupt) is { } problem)
        {
            throw new IOException(problem);
        }

        if (native is not null)
        {
            programs.Add(new("native", Path.GetFullPath(native), IsNative: true));
            return;
        }

        List<(string Name, string[] Options)> builds = [("native", [])];
        if (Avx512F.IsSupported && !quick)
        {
            builds.Add(("native, AVX-512", ["-p:InstructionSet=x86-64-v4"]));
        }

        foreach (var (name, options) in builds)
        {
            string[] all = ["-r", RuntimeInformation.RuntimeIdentifier, $"-p:NativeFramework={NativeFramework}", .. options];
            if (Make(name, isNative: true, all, interrupt) is { } reason)
            {
                notes.Add($"{name}: could not be built here: {reason}");
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <returns>Null, or why it does not work.</returns>
    private string? Make(string name, bool isNative, string[] options, CancellationToken interrupt)
    {
        interrupt.ThrowIfCancellationRequested();
        Console.WriteLine($"building: {name}");
        var work = Path.Combine(folder, string.Concat(name.Where(char.IsAsciiLetterOrDigit)));
        var target = Path.Combine(work, "program");
        var start = new ProcessStartInfo(
            "dotnet", [isNative ? "publish" : "build", Source, "-c", "Release", "-v", "q", "--nologo", "--artifacts-path", work, "-o",
                target, "-p:RunAnalyzers=false", .. options])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // Set by 'dotnet run' for the program that it runs, not for another build.
        start.Environment.Remove("MSBuildSDKsPath");
        start.Environment["MSBUILDTERMINALLOGGER"] = "off";

        // Servers that stay behind would keep the folder's files open, and take time of what is measured.
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        var output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        interrupt.ThrowIfCancellationRequested();
        var path = Path.Combine(target, "FastRnn.Embedded" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        if (process.ExitCode == 0 && File.Exists(path))
        {
            programs.Add(new(name, path, isNative));
            return null;
        }

        return BuildError.Of(output);
    }
}
