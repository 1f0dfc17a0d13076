using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

namespace FastRnn.Files;

/// <summary>The file that becomes another one when it is complete. Its name says which process writes it, and it is locked as long as it
/// is written: what a killed process left behind can be told, also by a process that cannot see the other (in another container, with
/// the folder in common).</summary>
internal static class TemporaryFile
{
    private const string Prefix = ".fastrnn-";
    private const string Suffix = ".tmp";

    /// <summary>Within that time after it was written, a file of a living process's number is left alone, even if it is not
    /// locked.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(1);

    /// <summary>A new name: short, so that a long file name stays within the file system's limit.</summary>
    public static string NameIn(string folder) => Path.Combine(
        folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}{Suffix}"));

    /// <summary>Creates the file, with the permissions of the one that it will replace.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">The permissions; null for those of new files.</param>
    /// <param name="setMode">Changes them; null for the system's own way.</param>
    public static FileStream Create(string path, UnixFileMode? mode, Action<SafeFileHandle, UnixFileMode>? setMode = null)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1 << 16,
        };
        if (mode is null || OperatingSystem.IsWindows())
            return new FileStream(path, options);

        // Never more than the old file had, not even for a moment; and in the end all of it, whatever is masked out of new files.
        options.UnixCreateMode = mode.Value | UnixFileMode.UserWrite;
        var stream = new FileStream(path, options);
        try
        {
            (setMode ?? File.SetUnixFileMode)(stream.SafeFileHandle, mode.Value);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // File systems without permissions refuse it: those with which the file was created stay.
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        return stream;
    }

    /// <summary>Removes a file; if that cannot be, it stays.</summary>
    public static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report.
        }
    }

    /// <summary>Removes what processes that are no more have left in a folder.</summary>
    public static void RemoveLeftovers(string folder)
    {
        try
        {
            foreach (var path in Directory.EnumerateFiles(folder, Prefix + "*" + Suffix))
            {
                if (IsLeftover(path))
                    Remove(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who may write into a folder need not be allowed to list it.
        }
    }

    private static bool IsLeftover(string path)
    {
        var name = Path.GetFileName(path.AsSpan())[Prefix.Length..^Suffix.Length];
        var end = name.IndexOf('-');
        if (end < 0 || !int.TryParse(name[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var process)
            || !Guid.TryParseExact(name[(end + 1)..], "N", out _))
        {
            return false;
        }

        try
        {
            // Before it is opened, which locks it: whoever creates it now would find it in use.
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) <= Young && IsAlive(process))
                return false;

            using var held = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody writes it, or it is somebody else's.
            return false;
        }
    }

    private static bool IsAlive(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (Exception e) when (e is InvalidOperationException or ExternalException)
        {
            return true;
        }
    }
}
