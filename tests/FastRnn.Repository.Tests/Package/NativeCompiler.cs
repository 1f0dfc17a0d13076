using System.Runtime.InteropServices;

namespace FastRnn.Repository.Tests.Package;

/// <summary>Whether programs can be compiled natively here: that needs packs of the framework, which a machine without a network may not have, and a linker.</summary>
internal static class NativeCompiler
{
    public const string Framework = "net9.0", Runtime = "linux-x64";

    /// <summary>Why not; null if they can.</summary>
    /// <param name="packages">The machine's packages.</param>
    public static string? Missing(string packages)
    {
        if (RuntimeInformation.RuntimeIdentifier != Runtime)
        {
            return $"this is not {Runtime}";
        }

        var major = Framework["net".Length..^"0".Length];
        var pack = $"runtime.{Runtime}.microsoft.dotnet.ilcompiler";
        var folder = Path.Combine(packages, pack);
        if (!Directory.Exists(folder) || !Directory.EnumerateDirectories(folder, major + "*").Any())
        {
            return $"there is no {pack} of {Framework} in {packages}";
        }

        var linkers = from path in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                      from name in new[] { "clang", "gcc" }
                      where File.Exists(Path.Combine(path, name))
                      select name;
        return linkers.Any() ? null : "there is neither clang nor gcc to link with";
    }
}
