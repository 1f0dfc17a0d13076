using System.Globalization;
using System.Xml.Linq;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Growth;

/// <summary>All panels as an SVG, for light and dark pages.</summary>
internal static class GrowthPicture
{
    private const int Columns = 2;
    private const double Margin = 16;

    private const string Style = """

        text { font-family: system-ui, sans-serif; fill: #1f2328 }
        .title { font-size: 14px; font-weight: 600 } .label { font-size: 12px } .small { font-size: 11px }
        .paper { fill: #ffffff } .grid { stroke: #d8dee4 } .axis { stroke: #57606a } .leave { stroke: #57606a; stroke-dasharray: 1.5 3 }
        .series { fill: none; stroke-width: 2.2 } .roof { fill: none; stroke-width: 1.3; stroke-dasharray: 6 4 }
        .series.training { stroke: #0969da } .series.inference, .series.stream { stroke: #cf222e }
        .dot.training { fill: #0969da } .dot.inference, .dot.stream { fill: #cf222e }
        .peak { stroke: #57606a } .L1 { stroke: #1a7f37 } .L2 { stroke: #8250df } .L3 { stroke: #bc4c00 }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3 } .paper { fill: #0d1117 } .grid { stroke: #30363d } .axis { stroke: #9198a1 } .leave { stroke: #9198a1 }
          .series.training { stroke: #4493f8 } .series.inference, .series.stream { stroke: #ff7b72 }
          .dot.training { fill: #4493f8 } .dot.inference, .dot.stream { fill: #ff7b72 }
          .peak { stroke: #9198a1 } .L1 { stroke: #3fb950 } .L2 { stroke: #ab7df8 } .L3 { stroke: #f0883e }
        }

        """;

    public static string Draw(IReadOnlyList<GrowthSeries> all, MachineProbe machine)
    {
        var panels = all.GroupBy(series => series.Sweep).Select(group => new Panel([.. group], machine)).ToList();
        var rows = (panels.Count + Columns - 1) / Columns;
        var (width, height) = ((Columns * Panel.Width) + (2 * Margin), (rows * Panel.Height) + (2 * Margin) + 40);
        var picture = Svg.Element(
            "svg", ("width", width), ("height", height), ("viewBox", Figures.Invariant($"0 0 {width} {height}")), ("role", "img"),
            ("aria-label", "Time of an LSTM against T, B, layers, H and threads, with the roofs of the machine"));
        var style = Svg.Element("style");
        style.Value = Style;
        picture.Add(style, Svg.Element("rect", ("class", "paper"), ("width", width), ("height", height)));
        picture.Add(Svg.Text("label", Margin + 8, Margin + 12, "start", string.Create(CultureInfo.InvariantCulture,
            $"{machine.Cpu.Folder}: FMA peak {machine.Peak(1):0} GFLOP/s a core; reads L1 {machine.L1:0}, L2 {machine.L2:0}, "
                + $"L3 {machine.L3:0} GB/s")),
            Svg.Text(
                "label", Margin + 8, Margin + 28, "start", "Both axes are logarithmic. Beyond a cache: the weights no longer fit it."));
        for (var i = 0; i < panels.Count; i++)
        {
            picture.Add(panels[i].Draw(Margin + (i % Columns * Panel.Width), Margin + 40 + (i / Columns * Panel.Height)));
        }

        return new XDocument(picture) + "\n";
    }
}
