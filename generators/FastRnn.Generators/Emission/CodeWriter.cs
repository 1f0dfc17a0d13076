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

    public void Line() => text.Append('\n');

    public void Line(string line) => text.Append(' ', depth * IndentSize).Append(line).Append('\n');

    /// <summary>Several lines at once, as a raw string gives them.</summary>
    public void Lines(string lines)
    {
        foreach (var line in lines.Replace("\r", "").Split('\n'))
        {
            if (line.Length == 0)
            {
                Line();
            }
            else
            {
                Line(line);
            }
        }
    }

    public void Open(string line)
    {
        Line(line);
        Line("{");
        depth++;
    }

    public void Open()
    {
        Line("{");
        depth++;
    }

    public void Close(string end = "}")
    {
        depth--;
        Line(end);
    }

    public void Indent() => depth++;

    public void Outdent() => depth--;

    public override string ToString() => text.ToString();
}
