using System.Globalization;
using System.Text;

namespace FastRnn.Generators.Emission;

/// <summary>Lines with indentation. Line ends are those of the repository, wherever the compiler runs.</summary>
internal sealed class CodeWriter
{
    private const int IndentSize = 4;
    private readonly StringBuilder text = new();
    private int depth;

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A literal of type float with the same bits.</summary>
    public static string Float(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture) + "f";

    /// <summary>A literal of type double with the same bits.</summary>
    public static string Double(double value) => value.ToString("R", CultureInfo.InvariantCulture) + "d";

    /// <summary>Writes one or more lines, as a raw string gives them; each is indented.</summary>
    public CodeWriter Line(string lines = "")
    {
        foreach (var line in lines.Split('\n'))
        {
            var content = line.TrimEnd('\r', ' ');
            if (content.Length > 0)
            {
                text.Append(' ', depth * IndentSize).Append(content);
            }

            text.Append('\n');
        }

        return this;
    }

    /// <summary>Writes a head and an opening brace; what follows is indented until <see cref="Close"/>.</summary>
    public CodeWriter Open(string head)
    {
        Line(head);
        return Open();
    }

    public CodeWriter Open()
    {
        Line("{");
        depth++;
        return this;
    }

    public CodeWriter Close()
    {
        depth--;
        return Line("}");
    }

    /// <summary>What follows a pointer to so many elements behind it: nothing for none.</summary>
    public static string Plus(long offset) => offset == 0 ? "" : " + " + Number(offset);

    public void Indent() => depth++;

    public void Outdent() => depth--;

    public override string ToString() => text.ToString();
}
