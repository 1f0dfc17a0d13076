namespace FastRnn.Files;

/// <summary>A file of weights or a checkpoint could not be read or written, or does not hold what it should. The message names the file,
/// the place in it, what was expected and what was found.</summary>
public sealed class ModelFileException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What is wrong, where, expected and got.</param>
    /// <param name="cause">The error of the operating system, if there was one.</param>
    public ModelFileException(string path, string what, Exception? cause = null)
        : base($"{path}: {Printable(what)}", cause)
    {
        Path = path;
        What = Printable(what);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is wrong, without the file's name.</summary>
    public string What { get; }

    // Names come from an untrusted file: they shall neither fill a screen nor steer a terminal.
    private static string Printable(string what) => TerminalText.Of(what, longest: 1000);
}
