using System.Globalization;
using System.Xml.Linq;

using FastRnn.Cli.Report;
using FastRnn.Tables;
using FastRnn.Training;

namespace FastRnn.Cli.Tables;

/// <summary>The page of a training on a table: forecasts beside what came, errors beside those of simpler methods, losses,
/// columns.</summary>
internal static class TablePage
{
    public static string Of(TableReport report)
    {
        var page = new HtmlPage("A model of a table", report.Summary + ".");
        if (report.Points.Count > 0)
            Forecasts(page, report);
        if (report.Scores.Count > 0)
            Scores(page, report);
        if (report.Confusions.Count > 0)
            Classes(page, report);
        page.Section(
            "Loss",
            "Of what is learned, and of the rows that choose when to stop. Where the first falls on while the second rises, the model "
                + "learns by heart: fewer units, dropout or more rows help. Where both still fall at the end, more epochs do.",
            new LinePlot("Loss", "epoch", "mean loss")
            {
                Curves =
                [
                    new Curve("training", [.. report.Epochs.Select(epoch => ((double)epoch.Epoch, epoch.TrainingLoss))]),
                    new Curve(
                        "validation", [.. report.Epochs.Select(epoch => ((double)epoch.Epoch, epoch.ValidationLoss))]) { HasDots = true },
                ],
            }.Draw());
        page.Section(
            "Columns", "What was found in the table, and what is read of it.",
                HtmlPage.Preformatted(string.Join('\n', report.Columns.Concat(report.Notes))));
        return page.ToString();
    }

    private static void Forecasts(HtmlPage page, TableReport report)
    {
        var output = report.Scores[0].Output;
        var points = report.Points.Select((point, i) => (X: (double)i, point.Value, point.Forecast)).ToList();
        page.Section(
            $"{output}: what came and what was forecast",
            "The first rows of the test part, which was neither learned nor looked at before: each value beside the forecast that was made "
                + "for it, as many rows before as the number behind the plus sign says. A forecast that looks like the values, moved to "
                + "the right, knows no more than the last value.",
            new LinePlot(output, "rows of the test part", report.Scores[0].Output.Split('+')[0])
            {
                Curves =
                [
                    new Curve("value", [.. points.Select(point => (point.X, (double)point.Value))]),
                    new Curve("forecast", [.. points.Select(point => (point.X, (double)point.Forecast))]),
                ],
            }.Draw());
    }

    private static void Scores(HtmlPage page, TableReport report) => page.Section(
        "Errors",
        "Over the test part, all methods at the same rows, in the unit of the column. A model that is not better than the last value or a "
            + "linear regression is not worth its time: more inputs, another horizon or more rows may be.",
        HtmlPage.Table(
            ["output", "method", "mean absolute error", "root mean squared error", "rows"],
            report.Scores.Select(score => (IEnumerable<string>)
            [
                score.Output, score.Method, Number(score.MeanAbsoluteError), Number(score.RootMeanSquaredError),
                score.Rows.ToString("n0", CultureInfo.InvariantCulture),
            ])));

    private static void Classes(HtmlPage page, TableReport report)
    {
        page.Section(
            "Accuracy",
            "Over the groups of the test part. The macro F1 counts each class the same, however rare it is.",
            HtmlPage.Table(
                ["method", "accuracy", "macro F1"],
                report.Confusions.Select(pair => (IEnumerable<string>)[pair.Key, Share(pair.Value.Accuracy), Share(pair.Value.MacroF1)])));
        page.Section(
            "Confusion", "A row is what groups are, a column what the model said of them.",
                Confusion(report.Confusions[report.Methods[0]], report.Classes));
    }

    private static XElement Confusion(ConfusionMatrix confusion, IReadOnlyList<string> classes) => HtmlPage.Table(
        ["label", .. classes, "precision", "recall", "F1"],
        classes.Select((name, label) => (IEnumerable<string>)
        [
            name, .. classes.Select((_, said) => confusion[label, said].ToString("0", CultureInfo.InvariantCulture)),
            Share(confusion.Precision(label)), Share(confusion.Recall(label)), Share(confusion.F1(label)),
        ]));

    private static string Number(double value) => value.ToString("g5", CultureInfo.InvariantCulture);

    private static string Share(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
}
