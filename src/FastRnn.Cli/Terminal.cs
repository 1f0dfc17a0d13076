using System.Globalization;
using System.Text;

using FastRnn.Cli.Sampling;

namespace FastRnn.Cli;

/// <summary>Where a command writes, and how it learns that it shall end.</summary>
internal sealed class Terminal : IDisposable
{
    public Terminal(Stream output, TextWriter error, bool isLive, CancellationToken interrupt)
    {
        Bytes = output;
        Lines = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true)
        {
            AutoFlush = true,
            NewLine = "\n"
        };
        Error = error;
        IsLive = isLive;
        Interrupt = interrupt;
    }

    /// <summary>Standard output as lines of text.</summary>
    public TextWriter Lines { get; }

    /// <summary>Standard output as bytes.</summary>
    public Stream Bytes { get; }

    /// <summary>Standard error.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether a person is watching.</summary>
    public bool IsLive { get; }

    /// <summary>Whether a bar may move. Not in a job: <c>mpirun</c> gives each process a terminal of its own, wherever the lines go that it
    /// passes on.</summary>
    public bool MovesBar => IsLive && Ranks is null;

    /// <summary>Ctrl-C.</summary>
    public CancellationToken Interrupt { get; }

    /// <summary>The processes that <c>mpirun</c> started together; null for one alone.</summary>
    public RankGroup? Ranks { get; init; }

    /// <summary>A line, with numbers in one culture. Names and texts in it may come from files: they steer no terminal.</summary>
    public void Line(FormattableString text) => Lines.WriteLine(PrintableText.Line(text.ToString(CultureInfo.InvariantCulture)));

    public void Dispose() => Lines.Dispose();
}
