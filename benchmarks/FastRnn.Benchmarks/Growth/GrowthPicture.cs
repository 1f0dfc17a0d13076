using System.Globalization;
using System.Xml.Linq;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;
using FastRnn.Cli.Report;

namespace FastRnn.Benchmarks.Growth;

/// <summary>All panels as an SVG, for light and dark pages.</summary>
internal static class GrowthPicture
{
    private const int Columns = 2;
    private const double Margin = 16;

    private static readonly XNamespace Space = "http://www.w3.org/2000/svg";

    public static string Draw(IReadOnlyList<GrowthSeries> all, MachineProbe machine)
    {
        var panels = all.GroupBy(series => series.Sweep).Select(group => new Panel([.. group], machine)).ToList();
        var rows = (panels.Count + Columns - 1) / Columns;
        var (width, height) = ((Columns * Panel.Width) + (2 * Margin), (rows * Panel.Height) + (2 * Margin) + 40);
        var picture = new XElement(
            Space + "svg", new XAttribute("width", width), new XAttribute("height", height),
            new XAttribute("viewBox", Figures.Invariant($"0 0 {width} {height}")), new XAttribute("role", "img"),
            new XAttribute("aria-label", "Time of an LSTM against T, B, layers, H and threads, with the roofs of the machine"),
            new XElement(Space + "style", "\n" + Palette.Css),
            new XElement(Space + "rect", new XAttribute("width", width), new XAttribute("height", height),
                new XAttribute("style", "fill:var(--paper)")),
            Text(Margin + 12, string.Create(CultureInfo.InvariantCulture,
                $"{machine.Cpu.Folder}: FMA peak {machine.Peak(1):0} GFLOP/s a core; reads L1 {machine.L1:0}, L2 {machine.L2:0}, "
                    + $"L3 {machine.L3:0} GB/s")),
            Text(Margin + 28, "Both axes are logarithmic. Beyond a cache: the weights no longer fit it."));
        for (var i = 0; i < panels.Count; i++)
        {
            var panel = panels[i].Draw(Space);
            panel.SetAttributeValue("x", Margin + (i % Columns * Panel.Width));
            panel.SetAttributeValue("y", Margin + 40 + (i / Columns * Panel.Height));
            panel.SetAttributeValue("height", Panel.Height);
            picture.Add(panel);
        }

        return new XDocument(picture) + "\n";
    }

    private static XElement Text(double y, string text) => new(
        Space + "text", new XAttribute("x", Margin + 8), new XAttribute("y", y),
        new XAttribute("style", $"font:12px {PlotSvg.Font};fill:var(--ink)"), text);
}
