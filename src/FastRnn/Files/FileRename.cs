namespace FastRnn.Files;

/// <summary>The moment at which a new file takes the place of an old one. Windows refuses it while another program holds one of the two,
/// and programs that look at every new file (virus scanners, indexers, backups) do so for some milliseconds: it is tried again for a
/// second. Other systems rename whoever holds what.</summary>
internal static class FileRename
{
    /// <summary>How often; each wait is twice the last one, from a millisecond on: a second in all.</summary>
    private const int Tries = 11;

    private const int SharingViolation = unchecked((int)0x8007_0020);
    private const int LockViolation = unchecked((int)0x8007_0021);

    /// <summary>Renames.</summary>
    /// <param name="from">The new file, closed.</param>
    /// <param name="to">Its place, where an old one may be.</param>
    public static void Move(string from, string to) => Repeat(
        () => File.Move(from, to, overwrite: true), OperatingSystem.IsWindows() ? Tries : 1, Thread.Sleep);

    /// <summary>Does something until it is not refused because another program holds a file.</summary>
    /// <param name="move">What is done.</param>
    /// <param name="tries">The most times; the last exception comes through.</param>
    /// <param name="wait">Waits some milliseconds.</param>
    public static void Repeat(Action move, int tries, Action<int> wait)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                move();
                return;
            }
            catch (Exception e) when (attempt < tries && IsHeld(e))
            {
                wait(1 << (attempt - 1));
            }
        }
    }

    private static bool IsHeld(Exception e) =>
        e is UnauthorizedAccessException || (e is IOException && e.HResult is SharingViolation or LockViolation);
}
