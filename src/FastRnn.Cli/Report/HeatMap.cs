using System.Globalization;
using System.Xml.Linq;

namespace FastRnn.Cli.Report;

/// <summary>Rows of values over the characters of a text: how open gates are while it is read. (OxyPlot's heat map is a bitmap, or squares
/// of one fixed range of colours: neither turns dark with the page, and neither says its numbers to the mouse.)</summary>
/// <param name="title">Above the picture.</param>
/// <param name="text">A character for each column.</param>
internal sealed class HeatMap(string title, string text)
{
    private const double Cell = 9.6;
    private const double RowHeight = 13;
    private const double Left = 84;
    private const double Top = 28;

    /// <summary>A name and, for each character, a value from 0 (closed, empty) to 1 (open, full).</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<double> Values)> Rows { get; init; } = [];

    public XElement Draw()
    {
        var bottom = Top + (Rows.Count * RowHeight);
        return Svg.Picture(
            Left + (text.Length * Cell) + 4, bottom + 24, title,
            Svg.Text(0, 16, title, "title"),
            Rows.Select((row, i) => new object[]
            {
                Svg.Text(Left - 6, Top + (i * RowHeight) + 10, row.Name, "tick end"),
                row.Values.Take(text.Length).Select((value, column) => Square(row.Name, i, column, value)),
            }),
            text.Select((c, column) => Svg.Text(Left + ((column + 0.5) * Cell), bottom + 14, TextGrid.Show(c), "letter")));
    }

    private XElement Square(string name, int row, int column, double value) =>
        Svg.Rectangle(
            Left + (column * Cell), Top + (row * RowHeight) + 0.5, Cell - 0.6, RowHeight - 1, "heat", Math.Clamp(value, 0.02, 0.99))
            .WithHint(string.Create(CultureInfo.InvariantCulture, $"{name}, '{TextGrid.Show(text[column])}': {value:0.00}"));
}
