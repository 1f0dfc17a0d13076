using System.Globalization;
using FastRnn.Cli.Report;

namespace FastRnn.Cli.History;

/// <summary>The page of <c>train</c>: curves and samples of a run, each with what to look for.</summary>
internal static class TrainingPage
{
    public static string Of(TrainingHistory history, TrainingFacts facts)
    {
        var steps = history.Points.Count == 0 ? 0 : history.Points[^1].Step;
        var page = new HtmlPage(
            "A training run",
            string.Create(CultureInfo.InvariantCulture,
                $"A byte-level language model ({facts.Cell}, {facts.Parameters:n0} parameters) learns {facts.Text}: {facts.BatchSize} "
                    + $"streams side by side in windows of {facts.SequenceLength} bytes, {steps:n0} steps so far."),
            new LinePlot("Loss", "step", "nats a byte")
            {
                Curves = [
                    new Curve("training", Points(history, p => p.Loss)),
                    new Curve("validation", [.. history.Validations.Select(v => ((double)v.Step, v.Loss))]) { HasDots = true },
                ],
            }.Draw());
        if (facts.Problem is { } problem)
        {
            page.Section("It diverged", "The model that was saved is the last good one. What was found:", HtmlPage.Preformatted(problem));
        }

        page.Section(
            "Loss",
            "The picture above, in nats a byte: how surprised the model is by the next byte, on the average; 5.55 is pure guessing, "
                + "and exp(loss) is the number of bytes between which it hesitates. Both curves should fall. "
                + "Where the training loss falls on while the validation loss rises, the model learns by heart: stop, "
                + "or give it more text. Where both stay flat, the learning rate is too small or the model too simple; where they jump up, "
                + "it is too large.");
        page.Section(
            "Learning rate",
            "It rises over the first steps, while the optimizer's averages are still those of very few gradients, and then falls, "
                + "so that the model settles.",
            new LinePlot("Learning rate", "step",
                "of the optimizer")
            { Curves = [new Curve("learning rate", Points(history, p => p.LearningRate))] }.Draw());
        page.Section(
            "Gradient norm",
            string.Create(CultureInfo.InvariantCulture,
                $"The length of the gradient of all parameters before clipping, on a logarithmic scale. "
                    + $"What is longer than {facts.ClipNorm} is cut to that length, so that one bad window cannot throw the model away. "
                    + $"A few peaks above the line are what clipping is for; a curve that lives above it asks for a smaller learning rate, "
                    + $"and one that sinks towards nothing while the loss is still high has vanished."),
            new LinePlot("Gradient norm", "step", "before clipping")
            {
                Curves = [
                    new Curve("mean", Points(history, p => p.GradientNorm)), new Curve("largest", Points(history, p => p.LargestNorm))],
                Levels = [("clipped here", facts.ClipNorm)],
                IsLog = true,
            }.Draw());
        page.Section(
            "Speed",
            "Bytes learned a second, the update included. It should be level: dips are other programs on the same machine.",
            new LinePlot("Speed", "step",
                "bytes a second")
            { Curves = [new Curve("bytes a second", Points(history, p => p.BytesPerSecond))] }.Draw());
        page.Section(
            "What it wrote",
            "Samples at a temperature of 0.7, from the first to the last. First come the common letters, then words and line ends, "
                + "then brackets that close.",
            history.Samples.SelectMany(sample => new[] { HtmlPage.Remark(FormattableString.Invariant($"after step {sample.Step:n0}")),
                HtmlPage.Preformatted(sample.Text) }));
        return page.ToString();
    }

    private static List<(double X, double Y)> Points(TrainingHistory history, Func<HistoryPoint, double> value) =>
        [.. history.Points.Select(point => ((double)point.Step, value(point)))];
}
