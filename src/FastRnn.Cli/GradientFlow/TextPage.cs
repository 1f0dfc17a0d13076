using FastRnn.Cli.Report;

namespace FastRnn.Cli.GradientFlow;

/// <summary>The part of the page that looks into a model of text.</summary>
internal static class TextPage
{
    public static void Add(HtmlPage page, TextLook look)
    {
        page.Section(
            "How far a character reaches back",
            $"The same in a model of text: {look.Model}. The loss is that of predicting one character; "
                + $"the curves say how much the state so many characters before has to do with it. "
                + $"Truncated backpropagation cuts such curves at the length of its window: what is farther away is not learned, "
                + $"however long the model may remember.",
            new LinePlot("The gradient of a character's loss", "characters before", "norm of the gradient, 1 at the end")
            {
                Curves = [.. look.Flows.Select(flow => new Curve($"dL/d{flow.Name}", FlowPage.Points(flow.Norms)))],
                IsLog = true,
            }.Draw());
        page.Section(
            "Gates over a text",
            $"Each column is a character of {look.TextName} as layer {look.GateLayer} reads it, each row a gate of one unit: "
                + $"the fuller the colour, the more open the gate. The units are those that move most. "
                + $"An input or reset gate that opens at certain characters has found out what is worth writing down; "
                + $"a forget gate that stays full keeps, and one that empties at the end of a line or a word starts anew there.",
            new HeatMap("How open the gates are", look.GateText) { Rows = [.. look.GateRows.Select(row => (row.Name, row.Values))] }.Draw(),
            HtmlPage.Table(
                ["gate", "shut", "open", "mean", "dead units"],
                look.Gates.Select(g => new[]
                {
                    FormattableString.Invariant($"layer {g.Layer}, {g.Name} ({g.Function.ToLowerInvariant()})"),
                    FormattableString.Invariant($"{100 * g.Low:0.0}%"),
                    FormattableString.Invariant($"{100 * g.High:0.0}%"),
                    FormattableString.Invariant($"{g.Mean:0.00}"),
                    FormattableString.Invariant($"{g.DeadUnits}"),
                })));
        var pictures = look.Neurons.Select(neuron => new TextGrid(
            neuron.Feature is null
                ? FormattableString.Invariant($"{neuron.State} [{neuron.Unit}] of layer {neuron.Layer}")
                : FormattableString.Invariant(
                    $"{neuron.State} [{neuron.Unit}] of layer {neuron.Layer} goes with {neuron.Feature} (r = {neuron.Correlation:0.00})"),
            look.NeuronText,
            neuron.Values).Draw()).ToList();
        page.Section(
            "What a single neuron says",
            "One unit of the state, drawn under the text that it has just read: one colour for values above 0, the other below, "
                + "the stronger the larger. Nobody told the model about lines, quotes or brackets; "
                + "where a unit goes with one of them (r is the correlation over the whole text), "
                + "predicting the next character has made it worth knowing. Most units mean nothing that has a name.",
            pictures.Count > 0 ? pictures : [HtmlPage.Remark(
                "No unit goes with any of the features that were tried: the model has learned too little, or the text has none of them.")]);
    }
}
