using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FastRnn.Repository.Tests.Package;

/// <summary>Whether programs can be compiled natively and run here: that needs packs of the framework, which a machine without a network
/// may not have, a linker, and the CPU for which they are compiled.</summary>
internal static class NativeCompiler
{
    public const string Framework = "net10.0", Runtime = "linux-x64";

    /// <summary>Where the machine's packages are, if they are not in their usual folder.</summary>
    public const string PackagesVariable = "NUGET_PACKAGES";

    /// <summary>Why not; null if they can.</summary>
    /// <param name="packages">The machine's packages.</param>
    public static string? Missing(string packages)
    {
        if (RuntimeInformation.RuntimeIdentifier != Runtime)
        {
            return $"this is not {Runtime}";
        }

        if (!Avx2.IsSupported || !Fma.IsSupported)
        {
            return "this CPU has no AVX2 and FMA";
        }

        if (MissingPack($"runtime.{Runtime}.microsoft.dotnet.ilcompiler", packages) is { } reason)
        {
            return reason;
        }

        var linkers = from path in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                      from name in new[] { "clang", "gcc" }
                      where File.Exists(Path.Combine(path, name))
                      select name;
        return linkers.Any() ? null : "there is neither clang nor gcc to link with";
    }

    /// <summary>Why a pack of the framework is not there; null if it is.</summary>
    /// <param name="pack">Its name, in small letters.</param>
    /// <param name="packages">The machine's packages.</param>
    public static string? MissingPack(string pack, string packages)
    {
        var major = Framework["net".Length..^"0".Length];
        var folder = Path.Combine(packages, pack);
        return Directory.Exists(folder) && Directory.EnumerateDirectories(folder, major + "*").Any()
            ? null
            : $"there is no {pack} of {Framework} in {packages}";
    }
}
