using System.Globalization;
using System.Xml.Linq;

using FastRnn.Cli;
using FastRnn.Cli.GradientFlow;
using FastRnn.Cli.History;
using FastRnn.Cli.Progress;
using FastRnn.Cli.Report;

namespace FastRnn.Repository.Tests.Cli;

/// <summary>What pages are made of.</summary>
public sealed class ReportPartsTests
{
    [Theory]
    [InlineData(0, 1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0.55, 1.1, "0.6 0.8 1")]
    [InlineData(3, 3, "2 3 4")]
    [InlineData(0, 98_100, "0 20\u2009000 40\u2009000 60\u2009000 80\u2009000 100\u2009000")]
    [InlineData(-0.004, 0.003, "-0.004 -0.002 0 0.002")]
    [InlineData(0, 3e-5, "0 10^-5 2\u00B710^-5 3\u00B710^-5")]
    public void A_linear_axis_has_round_numbers(double low, double high, string expected) => Assert.Equal(
        expected, string.Join(' ', Labels(new LinePlot("t", "x", "y") { Curves = [new Curve("a", [(0, low), (1, high)])] }.Draw())));

    [Fact]
    public void A_logarithmic_axis_has_powers_of_ten_and_no_place_for_what_has_no_logarithm()
    {
        double[] values = [1e-20, 0, double.NaN, -1, 3e-4, 20, double.PositiveInfinity];
        var plot = new LinePlot("t", "x", "y")
        {
            Curves = [new Curve("a", [.. values.Select((value, i) => ((double)i, value))]) { HasDots = true }],
            IsLog = true,
            Floor = 1e-6,
        };
        Assert.Equal(["10^-3", "0.01", "0.1", "1", "10"], Labels(plot.Draw()));

        // Two points, and one in the legend.
        Assert.Equal(2 + 1, Places(plot.Draw()).Count);
    }

    [Fact]
    public void A_plot_of_nothing_and_of_gaps_is_a_picture_all_the_same()
    {
        new LinePlot("empty", "x", "y").Draw();
        new LinePlot("empty", "x", "y") { IsLog = true, Levels = [("bound", 1)] }.Draw();
        var gaps = new LinePlot("gaps", "x", "y") { Curves = [new Curve("a", [(0, 1), (1, double.NaN), (2, 3), (3, 4)])] }.Draw();
        Assert.Single(Places(gaps));

        // The line and its sample in the legend: the mouse is told of both whose they are.
        var lines = gaps.Elements("polyline").Where(line => line.Element("title")?.Value == "a" && Points(line).Length > 1);
        Assert.Equal([2, 2], lines.Select(line => Points(line).Length));
    }

    [Fact]
    public void A_picture_is_the_same_whatever_the_language_of_the_machine()
    {
        var plot = new LinePlot("t", "x", "y") { Curves = [new Curve("a", [(0, 0.25), (1, 1234.5)])], Levels = [("bound", 0.5)] };
        var expected = plot.Draw().ToString();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            Assert.Equal(expected, plot.Draw().ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    /// <summary>What is written beside the vertical axis, a raised number behind a ^, from below.</summary>
    private static List<string> Labels(XElement picture) => picture.Elements("text")
        .Where(text => text.Attribute("text-anchor")!.Value is "end" or "start")
        .Where(text => text.Attribute("style")!.Value.Contains("soft", StringComparison.Ordinal))
        .Aggregate(new List<string>(), (labels, text) =>
        {
            // A power of ten is two texts: ten, and its exponent in smaller letters.
            if (text.Attribute("style")!.Value.Contains(":12px", StringComparison.Ordinal))
            {
                labels.Add(text.Value);
            }
            else
            {
                labels[^1] += "^" + text.Value;
            }

            return labels;
        });

    private static List<XElement> Places(XElement picture) => [.. picture.Elements("ellipse"), .. picture.Elements("circle")];

    private static string[] Points(XElement line) => line.Attribute("points")!.Value.Split(' ');

    [Fact]
    public void Any_text_is_made_safe()
    {
        var page = new HtmlPage("<&>", "a\u0000b\uFFFEc\uD800d")
            .Section("\u001B", "p", HtmlPage.Preformatted("</pre>"), new TextGrid("t", "\u0000\n\u00FF<", [1, -1, 0, 9]).Draw());
        var body = XDocument.Parse(page.ToString()).Root!.Element("body")!;
        Assert.Equal("<&>", body.Element("h1")!.Value);
        Assert.Equal("a\u00B7b\u00B7c\u00B7d", body.Element("p")!.Value);
        Assert.Equal("</pre>", body.Element("pre")!.Value);
    }

    [Fact]
    public void Features_of_a_text_are_what_a_reader_sees()
    {
        const string Text = "  f(\"a)\"); // \"b\nx";
        var features = TextFeatures.Of(Text)
            .ToDictionary(feature => feature.Name, feature => string.Concat(feature.Values.Select(value => value > 0 ? '1' : '0')));
        Assert.Equal("00001110", features["being inside quotes"][..8]);
        Assert.Equal("000000000000111", features["being in a comment"][..15]);
        Assert.Equal("11", features["the indent at a line's begin"][..2]);
        Assert.Equal('0', features["the place in the line"][^2]);
        Assert.Equal('1', features["being inside a word"][^1]);
    }

    [Fact]
    public void A_correlation_is_one_of_the_same_and_none_of_a_constant()
    {
        Assert.Equal(1, TextFeatures.Correlation([1, 2, 4], [3, 5, 9]), 1e-12);
        Assert.Equal(-1, TextFeatures.Correlation([1, 2], [2, 1]), 1e-12);
        Assert.Equal(0, TextFeatures.Correlation([1, 2, 3], [5, 5, 5]));
    }

    [Theory]
    [InlineData(new float[] { 88, 88, 88, 0 })]
    [InlineData(new float[] { 200, -200, 88.73f, 200 })]
    [InlineData(new float[] { -300, -301, -300.5f, -302 })]
    [InlineData(new float[] { 0.5f, -1, 2, 0 })]
    public void The_gradient_of_a_loss_is_right_for_logits_of_any_size(float[] logits)
    {
        const int Next = 2;
        var largest = logits.Max();
        var sum = logits.Sum(logit => Math.Exp((double)logit - largest));
        var expected = logits.Select((logit, i) => (Math.Exp((double)logit - largest) / sum) - (i == Next ? 1 : 0)).ToArray();
        TextLookTask.OutputGradient(logits, Next);
        Assert.All(logits.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void What_a_damaged_history_says_is_one_line_and_steers_no_terminal()
    {
        using var folder = new CommandLineFolder();
        var path = folder.Path("history.json");
        File.WriteAllText(path, """{"format_version":1,"stride":1,"points":[],"validations":[],"samples":[],"a\n\u001b[2J":[1}""");
        using var output = new MemoryStream();
        using (var terminal = new Terminal(output, TextWriter.Null, isLive: false, CancellationToken.None))
            TrainingHistory.Read(path, 1, new PlainProgress(terminal));
        var said = System.Text.Encoding.UTF8.GetString(output.ToArray());
        Assert.StartsWith(path + ": damaged: ", said, StringComparison.Ordinal);
        Assert.Equal(said.Length - 1, said.IndexOf('\n', StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', said);
    }

    [Fact]
    public void A_long_history_keeps_its_means_in_few_points()
    {
        const int Steps = 5000;
        var history = new TrainingHistory();
        for (var step = 1; step <= Steps; step++)
        {
            history.Add(step, step, 1, 0.1, 7);
            history.AddSample(step, "s");
        }

        Assert.InRange(history.Points.Count, 400, 1000);
        Assert.InRange(history.Points[^1].Step, Steps - 16, Steps);
        Assert.Equal((history.Points[^1].Step + 1) / 2.0, history.Points.Average(point => point.Loss), 1e-6);
        Assert.Equal(1, history.Samples[0].Step);
        Assert.InRange(history.Samples.Count, 6, 12);
    }

    [Fact]
    public void The_adding_problem_marks_one_number_in_each_half()
    {
        var problem = new AddingProblem(7, 3, seed: 1);
        problem.Next();
        for (var row = 0; row < 3; row++)
        {
            var marked = Enumerable.Range(0, 7).Where(t => problem.X[(((t * 3) + row) * 2) + 1] == 1).ToList();
            Assert.Equal(2, marked.Count);
            Assert.True(marked[0] < 3 && marked[1] >= 3);
            Assert.Equal(marked.Sum(t => problem.X[((t * 3) + row) * 2]), problem.Answers[row], 1e-6);
        }
    }
}
