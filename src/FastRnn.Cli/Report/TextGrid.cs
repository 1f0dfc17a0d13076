using System.Globalization;
using System.Xml.Linq;

namespace FastRnn.Cli.Report;

/// <summary>A text whose characters stand on a colour: one hue for a number above 0, another below, the stronger the larger.</summary>
/// <param name="title">Above the picture.</param>
/// <param name="text">The text; a line ends where it says so, or where it is full.</param>
/// <param name="values">A number from -1 to 1 for each character.</param>
internal sealed class TextGrid(string title, string text, IReadOnlyList<double> values)
{
    private const int Columns = 92;
    private const double Cell = 8.2;
    private const double LineHeight = 18;
    private const double Top = 28;

    public XElement Draw()
    {
        var content = new List<XElement>();
        var (line, column) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var (x, y) = (column * Cell, Top + (line * LineHeight));
            content.Add(
                Svg.Rectangle(x, y, Cell, LineHeight - 2, values[i] >= 0 ? "plus" : "minus", Math.Clamp(Math.Abs(values[i]), 0, 1) * 0.8)
                .WithHint(string.Create(CultureInfo.InvariantCulture, $"'{Show(text[i])}': {values[i]:0.00}")));
            content.Add(Svg.Text(x + (Cell / 2), y + 12, Show(text[i]), "letter"));
            (line, column) = text[i] == '\n' || column + 1 == Columns ? (line + 1, 0) : (line, column + 1);
        }

        return Svg.Picture(
            Columns * Cell, Top + ((line + (column > 0 ? 1 : 0)) * LineHeight) + 4, title, Svg.Text(0, 16, title, "title"), content);
    }

    /// <summary>A byte that can be seen.</summary>
    public static string Show(char c) => c switch
    {
        '\n' => "\u21B5",
        ' ' => "\u00A0",
        '\t' => "\u2192",
        < ' ' or > '~' => "\u00B7",
        _ => c.ToString(),
    };
}
