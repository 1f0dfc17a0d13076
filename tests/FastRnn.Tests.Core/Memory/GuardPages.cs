using System.Runtime.InteropServices;

using FastRnn.Memory;

namespace FastRnn.Tests.Memory;

/// <summary>Every part of every arena ends at a page that must not be touched, or begins behind one: whatever reads or writes beyond its
/// buffer ends the process. <c>FASTRNN_GUARD=end</c> (or <c>begin</c>) runs all tests of a process so, on Linux. Parts are multiples of a
/// cache line, to which arenas round them: what stays within the line of a buffer's last number is not seen.</summary>
internal sealed unsafe partial class GuardPages(bool isAtEnd) : ArenaGuard
{
    /// <summary>Names the mode for a process of tests.</summary>
    public const string EnvironmentVariable = "FASTRNN_GUARD";

    private const int NoAccess = 0;
    private const int ReadAndWrite = 1 | 2;
    private const int PrivateAnonymous = 0x22;

    private static readonly nint Page = Environment.SystemPageSize;

    /// <summary>The mode that the environment names, if it names one.</summary>
    /// <exception cref="InvalidOperationException">It is none, or the system is not Linux.</exception>
    public static void InstallFromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(EnvironmentVariable) is not { Length: > 0 } mode)
        {
            return;
        }

        if (mode is not ("begin" or "end") || !OperatingSystem.IsLinux())
        {
            throw new InvalidOperationException($"{EnvironmentVariable}={mode}: expected 'begin' or 'end', on Linux.");
        }

        Current = new GuardPages(mode == "end");
    }

    /// <inheritdoc/>
    public override nint Place(byte* origin, ref nint offset, nint bytes)
    {
        if (offset == 0)
        {
            // The first page is a guard as well: the first part may not look in front of itself either.
            Guard(origin, 0);
            offset = Page;
        }

        var from = AlignUp(offset);
        var room = AlignUp(bytes);
        Guard(origin, from + room);
        offset = from + room + Page;
        return isAtEnd ? from + room - bytes : bytes == 0 ? from + room : from;
    }

    /// <inheritdoc/>
    public override byte* Rent(nint bytes)
    {
        var block = Map(null, (nuint)Math.Max(bytes, Page), ReadAndWrite, PrivateAnonymous, -1, 0);
        return block == (byte*)-1 ? throw new InsufficientMemoryException($"The system maps no {bytes} bytes more.") : block;
    }

    /// <inheritdoc/>
    public override void Return(byte* block, nint bytes) => _ = Unmap(block, (nuint)Math.Max(bytes, Page));

    private static nint AlignUp(nint bytes) => checked(bytes + Page - 1) / Page * Page;

    private static void Guard(byte* origin, nint page)
    {
        if (origin != null && Protect(origin + page, (nuint)Page, NoAccess) != 0)
        {
            throw new InsufficientMemoryException("The system protects no more pages: raise vm.max_map_count.");
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial byte* Map(byte* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(byte* address, nuint length);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(byte* address, nuint length, int protection);
}
