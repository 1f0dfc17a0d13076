using Microsoft.Win32.SafeHandles;

namespace FastRnn.Embedded;

/// <summary>Standard input, output and error without the console, which would read the terminal's description, start a thread for its
/// signals, go on writing when nobody reads any more, and make the program larger by a tenth of a megabyte.</summary>
internal static class StandardStream
{
    public static Stream OpenInput() => OperatingSystem.IsWindows()
        ? Console.OpenStandardInput()
        : new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);

    public static Stream OpenOutput() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new UnixOutput(1);

    public static Stream OpenError() => OperatingSystem.IsWindows() ? Console.OpenStandardError() : new UnixOutput(2);
}
