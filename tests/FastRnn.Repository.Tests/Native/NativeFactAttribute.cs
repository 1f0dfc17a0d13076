using System.Diagnostics;

using FastRnn.Repository.Tests.Package;

namespace FastRnn.Repository.Tests.Native;

/// <summary>A test of the native program. Where none can be made or run it is skipped, and says why.</summary>
public sealed class NativeFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> MissingTracer = new(FindTracer);

    public NativeFactAttribute() => Skip = Missing;

    /// <summary>Why there is no native program here; null if there is.</summary>
    public static string? Missing { get; } = NativeCompiler.Missing(Packages);

    /// <summary>The test looks at the program's calls of the system.</summary>
    public bool Traces
    {
        get => false;
        init => Skip ??= value ? MissingTracer.Value : null;
    }

    /// <summary>The machine's packages.</summary>
    internal static string Packages => Environment.GetEnvironmentVariable(NativeCompiler.PackagesVariable)
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static string? FindTracer()
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo("strace", ["-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0 ? null : "strace may not look at processes here";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "there is no strace";
        }
    }
}
