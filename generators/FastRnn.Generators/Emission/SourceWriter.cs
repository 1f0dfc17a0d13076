using System.Text;

namespace FastRnn.Generators.Emission;

/// <summary>Writes indented lines. A text of several lines may be given at once, a raw string for example; each is indented.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Writes one or more lines.</summary>
    public SourceWriter Line(string lines = "")
    {
        foreach (var line in lines.Split('\n'))
        {
            var content = line.TrimEnd('\r', ' ');
            if (content.Length > 0)
            {
                text.Append(' ', 4 * depth).Append(content);
            }

            text.Append('\n');
        }

        return this;
    }

    /// <summary>Writes a head and an opening brace; what follows is indented until <see cref="Close"/>.</summary>
    public SourceWriter Open(string head)
    {
        Line(head).Line("{");
        depth++;
        return this;
    }

    /// <summary>Writes a closing brace.</summary>
    public SourceWriter Close(string tail = "")
    {
        depth--;
        return Line("}" + tail);
    }

    public override string ToString() => text.ToString();
}
