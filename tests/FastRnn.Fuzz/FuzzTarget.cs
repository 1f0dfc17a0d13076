using FastRnn.Files;

namespace FastRnn.Fuzz;

/// <summary>A reader of files that come from outside, and what has to be true of it: a file is read, or refused by the exception that is
/// documented, with a message that names it and steers no terminal; it takes little memory.</summary>
internal abstract class FuzzTarget
{
    private IReadOnlyList<FuzzSeed>? seeds;

    /// <summary>What the program's arguments call it.</summary>
    public abstract string Name { get; }

    /// <summary>Which code reads.</summary>
    public abstract string Reader { get; }

    /// <summary>Files that are right.</summary>
    public IReadOnlyList<FuzzSeed> Seeds => seeds ??= MakeSeeds();

    /// <summary>The name of a file of which nothing is known, from an instrumented fuzzer.</summary>
    public abstract string FileName { get; }

    /// <summary>Whether the format is this library's, so that each changed byte of a file is to be noticed.</summary>
    public virtual bool IsOwn => false;

    /// <summary>Damages a file.</summary>
    public abstract byte[] Change(Random random, byte[] original);

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="seed">What it was made of; null if that is not known.</param>
    public abstract Reading Check(string path, FuzzSeed? seed);

    /// <summary>How many bytes of a file, from its begin, say what it is: all of one that is text.</summary>
    public virtual long Letters(byte[] file) => file.Length;

    /// <summary>All that was read from the last file, as a text: files that mean the same have the same.</summary>
    public virtual string Numbers() => throw new NotSupportedException($"{Name} keeps nothing of what it read");

    protected abstract IReadOnlyList<FuzzSeed> MakeSeeds();

    /// <summary>What is wrong with the message of a refusal; null if nothing is.</summary>
    protected static string? WrongMessage(string message, string path) =>
        !message.Contains(Path.GetFileName(path), StringComparison.Ordinal) ? $"the message does not name the file: {message}"
            : message.Any(TerminalText.Steers) ? $"the message holds characters that steer a terminal: {message}"
            : message.Length > path.Length + 8192 ? $"a message of {message.Length} letters"
            : null;
}
