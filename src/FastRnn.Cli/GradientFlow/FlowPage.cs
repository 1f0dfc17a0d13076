using System.Globalization;
using System.Xml.Linq;

using FastRnn.Cli.Report;

namespace FastRnn.Cli.GradientFlow;

/// <summary>The page of <c>gradflow</c>: every picture with what is to be seen in it, why, and what helps.</summary>
internal static class FlowPage
{
    /// <summary>Smaller gradients are not drawn: it makes no difference any more.</summary>
    private const double Nothing = 1e-12;

    private static readonly int[] Distances = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

    public static string Of(GradflowReport report)
    {
        var page = new HtmlPage(
            "How gradients flow through recurrent cells",
            $"A recurrent network learns from a mistake by sending a gradient back through time, step by step. "
                + $"Whatever happens to it at one step happens again at the next, "
                + $"so a factor a little below 1 becomes nothing and a factor a little above 1 becomes everything. In the picture, "
                + $"{report.Cells.Count} cells of 32 units read {report.Length} steps of the adding problem: a random number at each step, "
                + $"two of them marked, and only after the last step the question for their sum.",
            Plot(States(report, c => c.Before)));
        var remarks = string.Join(" ", report.Cells.Select(c => CellRemarks.Of(c.Cell)));
        Distance(
            page, report, "Before training",
            $"The norm of the derivative of the last output with respect to the state, so many steps before the end, "
                + $"as a multiple of that of h at the end itself. (The derivative with respect to c is what reaches the loss by way of "
                + $"later steps, with h held fixed: at the end there are none, so it begins at distance 1.) The scale is logarithmic: "
                + $"a straight line that falls is a gradient that shrinks by the same factor at every step, "
                + $"and where it has fallen below a millionth nothing so far away will be learned. {remarks}",
            c => c.Before, isAbove: true);
        if (report.Cells.Any(c => c.After is not null))
        {
            Distance(
                page, report, $"After {report.Steps} steps of training",
                $"The same after a short training (Adam, gradients clipped to a norm of 1, "
                    + $"sequences that grow from an eighth of the length to all of it). {Learned(report)} "
                    + $"A cell that learns to carry the numbers opens the gates that keep, and its curve becomes flat: "
                    + $"compare with the picture above. A cell whose gradient never reached the marked numbers got no hint that they "
                    + $"matter, and can only learn to answer with the mean. The remedies are those that are seen here: gates, "
                    + $"an identity to begin with, a forget bias of 1, short sequences first; and clipping, "
                    + $"against the other end of the scale.", c => c.After);
        }

        Table(page, report);
        Radius(page, report);
        foreach (var cell in report.Cells.Where(c => c.Problem is not null))
        {
            page.Section(
                $"{cell.Cell} diverged", "Where its training ended, found by running the same step again with a look at every number:",
                HtmlPage.Preformatted(cell.Problem!));
        }

        TextPage.Add(page, report.Text);
        return page.ToString();
    }

    /// <summary>Who can do the task by now: half of the error of a constant answer is well beyond chance.</summary>
    private static string Learned(GradflowReport report)
    {
        var good = report.Cells.Where(c => c.Error < AddingProblem.Baseline / 2).Select(c => c.Cell).ToList();
        var others = report.Cells.Select(c => c.Cell).Except(good).ToList();
        return (good.Count, others.Count) switch
        {
            (0, _) => "None of the cells has learned to add by now: give them more --steps.",
            (_, 0) => "All of them have learned to add by now.",
            _ => $"By now {string.Join(", ", good)} can add; {string.Join(", ", others)} cannot.",
        };
    }

    private static void Distance(
        HtmlPage page, GradflowReport report, string heading, string paragraph, Func<CellFlow, FlowMeasurement?> of, bool isAbove = false)
    {
        var states = States(report, of);
        var distances = Distances.Where(d => d < report.Length - 1).Append(report.Length - 1).ToList();
        var table = HtmlPage.Table(
            ["steps before the end", .. distances.Select(d => FormattableString.Invariant($"{d}"))],
            states.Select(state => distances.Select(d => Small(state.Norms[d])).Prepend(state.Name)));
        page.Section(heading, paragraph, isAbove ? [table] : [Plot(states), table]);
    }

    private static List<(string Name, IReadOnlyList<double?> Norms, int Style)> States(
        GradflowReport report, Func<CellFlow, FlowMeasurement?> of) =>
    [
        .. report.Cells
            .Select((cell, style) => (cell.Cell, style, Measured: of(cell)))
            .Where(c => c.Measured is not null)
            .SelectMany(c =>
                c.Measured!.States.Select((state, i) => (Name: $"{c.Cell}: dL/d{state.Name}", state.Norms, Style: i == 0 ? c.style : 6))),
    ];

    private static XElement Plot(IReadOnlyList<(string Name, IReadOnlyList<double?> Norms, int Style)> states) =>
        new LinePlot("The gradient against the distance", "steps before the end", "multiple of |dL/dh| at the end")
        {
            Curves = [.. states.Select(state => new Curve(state.Name, Points(state.Norms)) { Style = state.Style })],
            Levels = [("unchanged", 1)],
            IsLog = true,
            Floor = Nothing,
        }.Draw();

    private static void Table(HtmlPage page, GradflowReport report)
    {
        var rows = report.Cells.SelectMany(cell => new[] { ("before", (FlowMeasurement?)cell.Before), ("after", cell.After) }
            .Where(m => m.Item2 is not null)
            .Select(m => new[]
            {
                $"{cell.Cell}, {m.Item1}",
                Small(m.Item2!.States[0].Norms[^1]),
                m.Item2.States[0].FactorPerStep is { } factor ? FormattableString.Invariant($"{factor:0.0000}") : "-",
                Small(m.Item2.Radii[^1].Radius),
                Small(m.Item2.Radii[^1].Norm),
                m.Item1 == "after" && cell.Error is { } error ? FormattableString.Invariant($"{error:0.0000}") : "",
                string.Join(", ", m.Item2.Gates.Select(g => FormattableString.Invariant($"{g.Name} {100 * (g.Low + g.High):0}%"))),
            }));
        page.Section(
            "In numbers",
            string.Create(CultureInfo.InvariantCulture,
                $"What is left of the gradient of h after {report.Length - 1} steps, the factor a step on the average, "
                    + $"the spectral radius and the largest singular value of the last step's Jacobian, "
                    + $"the mean squared error at the end of training (who always answers 1 has {AddingProblem.Baseline:0.0000}), "
                    + $"and how much of each gate is saturated: a sigmoid below 0.1 or above 0.9, a tanh beyond 0.9 either way, "
                    + $"a ReLU at 0. A saturated value lets little gradient through to its own inputs (a sigmoid at most 36 % of its "
                    + $"largest slope, a tanh at most 19 %, a ReLU none); for a gate that keeps it is what one wants, "
                    + $"for a candidate it is a warning."),
            HtmlPage.Table(["cell", "gradient left", "a step", "radius", "stretch", "error", "saturated"], rows));
    }

    private static void Radius(HtmlPage page, GradflowReport report) => page.Section(
        "The spectral radius of a step",
        "The Jacobian of a step says how a small change of the state before it changes the state after it. "
            + "Its spectral radius is the largest factor that can go on for ever if the Jacobian stays as it is: "
            + "below 1 changes die out in the long run, above 1 some change may grow until something saturates. Long memory lives at 1. "
            + "(Where the Jacobian changes from step to step only its largest singular value gives a bound: "
            + "changes surely die out if that stays below 1.) The curves are those of the trained cells, where there was any training.",
        new LinePlot("The spectral radius along a sequence", "step", "largest magnitude of an eigenvalue")
        {
            Curves = [.. report.Cells.Select((cell, style) => new Curve(cell.Cell,
                [.. (cell.After ?? cell.Before).Radii.Select(r => ((double)r.Step, r.Radius ?? double.NaN))]) { Style = style })],
            Levels = [("keeps for ever", 1)],
        }.Draw());

    internal static List<(double X, double Y)> Points(IReadOnlyList<double?> values) =>
        [.. values.Select((value, i) => ((double)i, value ?? double.NaN))];

    private static string Small(double? value) => value switch
    {
        null => "not finite",
        0 => "-",
        < 0.001 or >= 1000 => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value:0.0e+0}"),
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value:0.000}"),
    };
}
