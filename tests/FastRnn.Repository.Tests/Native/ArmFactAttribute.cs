namespace FastRnn.Repository.Tests.Native;

/// <summary>A test of the native program for Arm64, compiled here and run by an emulator. Where that cannot be had it is skipped, and says
/// why.</summary>
public sealed class ArmFactAttribute : FactAttribute
{
    /// <summary>The runtime's name of the system.</summary>
    public const string Runtime = "linux-arm64";

    /// <summary>GNU's compiler for it: it links.</summary>
    public const string Linker = "aarch64-linux-gnu-gcc";

    /// <summary>What takes symbols out of the program.</summary>
    public const string ObjCopy = "aarch64-linux-gnu-objcopy";

    /// <summary>QEMU for programs of another processor.</summary>
    public const string Emulator = "qemu-aarch64";

    /// <summary>Where the C library for it is.</summary>
    public const string System = "/usr/aarch64-linux-gnu";

    public ArmFactAttribute() => Skip = Missing;

    /// <summary>Why there is no such program here; null if there is.</summary>
    public static string? Missing { get; } = Find();

    private static string? Find()
    {
        if (NativeFactAttribute.Missing is { } reason)
        {
            return reason;
        }

        var absent = ((string[])[Linker, ObjCopy, Emulator]).FirstOrDefault(tool => !IsThere(tool));
        return absent is not null ? $"there is no {absent} (Debian: gcc-aarch64-linux-gnu, qemu-user)"
            : !Directory.Exists(Path.Combine(System, "lib")) ? $"there is no C library in {System} (Debian: libc6-dev-arm64-cross)"
            : Package.NativeCompiler.MissingPack($"microsoft.netcore.app.runtime.nativeaot.{Runtime}", NativeFactAttribute.Packages);
    }

    private static bool IsThere(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, tool)));
}
