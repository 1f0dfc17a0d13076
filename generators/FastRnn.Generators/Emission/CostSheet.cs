using System.Globalization;

using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>What a declaration costs, as the XML summary of the model: seen in the editor before anything runs.</summary>
internal static class CostSheet
{
    public static IEnumerable<string> Lines(ModelGraph model, IReadOnlyList<LayerPlan> plans)
    {
        var embedding = model.Input == "Embedding" ? (long)model.Vocabulary * model.InputSize : 0;
        var total = embedding + model.Layers.Sum(InfoEmitter.ParameterCount);
        var multiplyAdds = plans.Sum(p => p.MultiplyAdds);
        var state = plans.Where((_, i) => !model.Layers[i].IsDense).Sum(p => p.States.Sum(s => (long)RowLayout.Pad(s.Size)));
        var tape = plans.Sum(p => p.TapeStride + (p.DPreOnTape ? 0 : p.DPreStride) + p.States.Sum(s => (long)RowLayout.Pad(s.Size)));
        yield return "<summary>Cost sheet, for one row of the batch:";
        yield return "<list type=\"table\">";
        yield return "<listheader><term>layer</term><description>parameters; multiply-adds a step</description></listheader>";
        if (embedding > 0)
        {
            yield return Row($"Embedding {model.Vocabulary} x {model.InputSize}", $"{N(embedding)}; 0 (a row is copied)");
        }

        for (var i = 0; i < plans.Count; i++)
        {
            var layer = model.Layers[i];
            yield return Row(
                $"{layer.Cell.Name} {layer.InputSize} to {layer.OutputSize}",
                $"{N(InfoEmitter.ParameterCount(layer))}; {N(plans[i].MultiplyAdds)}");
        }

        yield return Row("all", $"{N(total)}; {N(multiplyAdds)}");
        yield return Row("bytes of weights read a step", N(4 * WeightsRead(model, plans)));
        yield return Row("bytes of state", N(4 * state));
        yield return Row("bytes of tape a step of training", N(4 * tape));
        yield return "</list></summary>";
    }

    /// <summary>All of a layer's numbers, but of what a token selects from only the row or column that it selects.</summary>
    private static long WeightsRead(ModelGraph model, IReadOnlyList<LayerPlan> plans)
    {
        var read = model.Input == "Embedding" ? (long)model.InputSize : 0;
        for (var i = 0; i < plans.Count; i++)
        {
            var layer = model.Layers[i];
            read += layer.Cell.Parameters.Sum(p => (long)layer.Size(p.Rows)
                * (p.IsVector || (plans[i].ReadsToken && p.Columns == "Input") ? 1 : layer.Size(p.Columns)));
        }

        return read;
    }

    private static string Row(string term, string description) =>
        $"<item><term>{Names.Xml(term)}</term><description>{Names.Xml(description)}</description></item>";

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
