using System.Globalization;
using System.Text;

using FastRnn.Benchmarks.Comparison;
using FastRnn.Benchmarks.Machine;

namespace FastRnn.Benchmarks.Formats;

/// <summary>The rows as a page.</summary>
internal static class FormatsReport
{
    public static List<string> Lines(PriceRow row) => [.. row.Figures.Select((figure, f) =>
    {
        var values = row.Values.Select(all => all?[f]).ToList();
        var price = figure.Price(values[PriceRow.Float32]!.Value, values[PriceRow.Int8]!.Value);
        var goal = figure.Goal is { } most ? Figures.Invariant($"{most:0.##}, {(price <= most ? "yes" : "no")}") : "-";
        var shown = string.Join(" | ", values.Select(value => value is { } number ? Show(number, figure) : "-"));
        return $"| {row.Name} | {figure.Name} | {shown} | {Show(price, figure)} | {goal} |";
    })];

    public static string Markdown(CpuInfo cpu, IReadOnlyList<PriceRow> rows, bool quick)
    {
        var page = new StringBuilder("# What weights of fewer bits cost\n\n")
            .Append("Written by `formats").Append(quick ? " --quick" : "").Append("` on ")
            .Append(Figures.Invariant($"{DateTime.UtcNow:yyyy-MM-dd}")).Append(", ").Append(cpu.Name)
            .Append(". The bits of a format are the same on every machine, and so are these figures; what formats save ")
            .Append("is in `peers.md`.\n\n")
            .Append("| task | figure | float32 | bfloat16 | int8 | int8, first and last layer in float32 ")
            .Append("| int8, the layer in float32 that loses most | int8 is worse by | at most, met |\n")
            .Append("|---|---|---|---|---|---|---|---|---|\n");
        foreach (var line in rows.SelectMany(Lines))
        {
            page.Append(line).Append('\n');
        }

        page.Append("\nWhat int8 changes in the outputs (`Predictor.MeasureRounding`): the root of the mean square of the differences ")
            .Append("over that of the exact outputs, of all layers together and of one at a time.\n\n")
            .Append("| task | all | one at a time, the worst first |\n")
            .Append("|---|---|---|\n");
        foreach (var row in rows)
        {
            var alone = string.Join(", ", row.Layers.Skip(1).Select(loss => $"{loss.Layer} {Percent(loss.RootMeanSquare)}"));
            page.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {Percent(row.Layers[0].RootMeanSquare)} | {alone} |\n");
        }

        return page.ToString();
    }

    private static string Show(double value, PriceFigure figure) => value.ToString(figure.Format, CultureInfo.InvariantCulture);

    private static string Percent(double ratio) => Figures.Invariant($"{100 * ratio:0.00} %");
}
