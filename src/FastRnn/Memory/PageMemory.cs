using System.Runtime.InteropServices;

namespace FastRnn.Memory;

/// <summary>Large blocks straight from the operating system, and back to it when they are freed. The allocator of the C library keeps them
/// for later: glibc moves its limit for mappings up with each block that is freed, to 32 MB, and a process that makes and drops models grew
/// to three times what it used.</summary>
internal static unsafe partial class PageMemory
{
    private const int Page = 4096;
    private const int ReadAndWrite = 1 | 2;
    private const int Private = 2;

    private static readonly bool IsMapped = CanMap();

    private static int Anonymous => OperatingSystem.IsLinux() || OperatingSystem.IsAndroid() ? 0x20 : 0x1000;

    /// <summary>Zeroed memory, aligned to pages where it comes from the system and to <paramref name="alignment"/> elsewhere. Each page is
    /// there already: no step of a network waits for one.</summary>
    /// <exception cref="InsufficientMemoryException">There is none.</exception>
    public static byte* Allocate(nint size, int alignment)
    {
        if (!IsMapped)
        {
            var block = (byte*)NativeMemory.AlignedAlloc((nuint)size, (nuint)alignment);
            NativeMemory.Clear(block, (nuint)size);
            return block;
        }

        var mapped = Map(null, (nuint)size, ReadAndWrite, Private | Anonymous, -1, 0);
        if (mapped == (byte*)-1)
        {
            throw new InsufficientMemoryException($"The system has no {size} bytes of memory.");
        }

        for (nint offset = 0; offset < size; offset += Page)
        {
            mapped[offset] = 0;
        }

        return mapped;
    }

    /// <summary>Gives back what <see cref="Allocate"/> gave.</summary>
    public static void Free(byte* block, nint size)
    {
        if (!IsMapped)
        {
            NativeMemory.AlignedFree(block);
        }
        else
        {
            _ = Unmap(block, (nuint)size);
        }
    }

    /// <summary>Whether the system has such calls; Windows gives large blocks of its heap back by itself.</summary>
    private static bool CanMap()
    {
        if (OperatingSystem.IsWindows() || OperatingSystem.IsBrowser() || OperatingSystem.IsWasi())
        {
            return false;
        }

        try
        {
            var page = Map(null, Page, ReadAndWrite, Private | Anonymous, -1, 0);
            return page != (byte*)-1 && Unmap(page, Page) == 0;
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial byte* Map(byte* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(byte* address, nuint length);
}
