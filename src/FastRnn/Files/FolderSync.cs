using System.Runtime.InteropServices;

namespace FastRnn.Files;

/// <summary>Asks a Unix to write a folder's entries to the disk: without it a rename may be lost with the power, though never
/// half done. Windows and file systems that cannot do it are left alone.</summary>
internal static partial class FolderSync
{
    /// <summary>Whether it was done.</summary>
    public static bool Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return false;

        try
        {
            var handle = Open(folder, 0);
            if (handle < 0)
                return false;

            var done = Fsync(handle) == 0;
            _ = Close(handle);
            return done;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int readOnly);

    [LibraryImport("libc", EntryPoint = "fsync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fsync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int handle);
}
