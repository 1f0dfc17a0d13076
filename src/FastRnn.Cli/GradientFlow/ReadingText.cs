using FastRnn.Cli.Corpus;

namespace FastRnn.Cli.GradientFlow;

/// <summary>The text that a model reads while it is looked at.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Bytes">Its beginning.</param>
internal sealed record ReadingText(string Name, byte[] Bytes)
{
    private const int Most = 3000;
    private const int Least = 64;

    /// <summary>A file's first bytes; without one the last lines of the embedded corpus, which no model of this program learns.</summary>
    /// <exception cref="CommandException">The file is missing, too short or unreadable.</exception>
    public static ReadingText Read(string? path)
    {
        if (path is null)
        {
            var corpus = EmbeddedCorpus.Read();
            var line = corpus.AsSpan(corpus.Length - Most).IndexOf((byte)'\n') + 1;
            return new ReadingText("the end of FastRnn's own sources", corpus[(corpus.Length - Most + line)..]);
        }

        var bytes = TrainingText.ReadFile(path);
        return bytes.Length < Least
            ? throw CommandException.Failed(
                FormattableString.Invariant($"{path}: expected at least {Least} bytes of text, got {bytes.Length}"))
            : new ReadingText(Path.GetFileName(path), bytes[..Math.Min(Most, bytes.Length)]);
    }
}
