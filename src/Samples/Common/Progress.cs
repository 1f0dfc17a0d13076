using System.Diagnostics;

namespace FastRnn.Samples.Common;

/// <summary>One line that is written anew for a person who watches; now and then a line of its own for a file.</summary>
internal sealed class Progress(TextWriter output, bool isTerminal)
{
    private const int Width = 79;
    private readonly TimeSpan between = isTerminal ? TimeSpan.FromMilliseconds(100) : TimeSpan.FromSeconds(5);
    private long shown = Stopwatch.GetTimestamp();
    private int length;

    /// <summary>Whether the line is due: the text is made only then.</summary>
    public bool IsDue => Stopwatch.GetElapsedTime(shown) >= between;

    public void Show(string text)
    {
        shown = Stopwatch.GetTimestamp();
        if (!isTerminal)
        {
            output.WriteLine(text);
            return;
        }

        var line = text.Length > Width ? text[..Width] : text;
        output.Write("\r" + line.PadRight(length));
        length = line.Length;
    }

    /// <summary>Makes room for lines that stay.</summary>
    public void Clear()
    {
        if (length > 0)
        {
            output.Write("\r" + new string(' ', length) + "\r");
            length = 0;
        }
    }
}
