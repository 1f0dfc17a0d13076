using FastRnn.Files;

namespace FastRnn.Interchange;

/// <summary>A file of another tool cannot be read, is damaged, or holds what cannot be brought over. The message says what, where, and what
/// was expected.</summary>
public sealed class ForeignFileException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, where, expected and got. Control characters, which may come from the file, are
    /// replaced.</param>
    /// <param name="cause">What was met below, if anything.</param>
    public ForeignFileException(string message, Exception? cause = null)
        : base(Printable(message), cause)
    {
    }

    /// <summary>Creates the exception for several things at once.</summary>
    /// <param name="heading">What could not be done.</param>
    /// <param name="items">What is wrong, each by itself.</param>
    public ForeignFileException(string heading, IReadOnlyCollection<string> items)
        : base(string.Join(
            "\n", [Printable(heading), .. items.Take(MostItems).Select(item => "  - " + Printable(item)), .. More(items.Count)]))
    {
    }

    private ForeignFileException(string path, ForeignFileException cause)
        : base($"{Printable(path)}: {cause.Message}", cause)
    {
    }

    private const int MostItems = 1000;

    /// <summary>The same, and in which file, if that is not said yet.</summary>
    internal ForeignFileException Of(string path) =>
        Message.Contains(Path.GetFileName(path), StringComparison.Ordinal) ? this : new(path, this);

    private static IEnumerable<string> More(int count) => count > MostItems ? [$"  and {count - MostItems} more"] : [];

    // Names come from an untrusted file: they shall neither fill a screen nor steer a terminal, nor look like lines of their own.
    private static string Printable(string message) => TerminalText.Of(message, longest: 2000);
}
