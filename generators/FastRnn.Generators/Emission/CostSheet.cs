using System.Globalization;

using FastRnn.CompilerServices;
using FastRnn.Generators.Analysis;
using FastRnn.Generators.Scheduling;

namespace FastRnn.Generators.Emission;

/// <summary>What a declaration costs, as the XML summary of the model: seen in the editor before anything runs. A step of an encoder is one
/// of the source.</summary>
internal static class CostSheet
{
    public static IEnumerable<string> Lines(ModelGraph model, IReadOnlyList<LayerPlan> plans)
    {
        var total = model.TableCount + model.Layers.Sum(l => l.ParameterCount);
        var state = plans.Where((_, i) => model.Layers[i].IsRecurrent).Sum(p => p.States.Sum(s => (long)RowLayout.Pad(s.Size)));
        yield return "<summary>Cost sheet, for one row of the batch:";
        yield return "<list type=\"table\">";
        yield return "<listheader><term>layer</term><description>parameters; multiply-adds a step</description></listheader>";
        foreach (var (_, table) in model.Tables())
        {
            yield return Row($"Embedding {table.Vocabulary} x {table.Size}", $"{N(table.TableCount)}; 0 (a row is copied)");
        }

        for (var i = 0; i < plans.Count; i++)
        {
            var layer = model.Layers[i];
            yield return Row(
                $"{layer.Cell.Name} {layer.InputSize} to {layer.OutputSize}",
                $"{N(layer.ParameterCount)}; {N(plans[i].MultiplyAdds)}{Note(layer)}");
        }

        yield return Row("all", $"{N(total)}; {Total(model, plans)}");
        yield return Row("bytes of weights read a step", ByTime(model, domain => 4 * WeightsRead(model, plans, domain)));
        if (model.Weights is { } weights)
        {
            yield return Row("bytes of weights in the assembly", $"{N(WeightOrder.Of(model, plans).Bytes)} ({weights.Format})");
        }

        yield return Row("bytes of state", N(4 * state));
        yield return Row("bytes of tape a step of training", ByTime(model, domain => 4 * Tape(model, plans, domain)));
        yield return "</list></summary>";
    }

    private static TimeDomain Domain(LayerGraph layer) => layer.Wiring.Domain;

    private static string Note(LayerGraph layer) =>
        layer.IsAttention ? " for each step of the source"
        : Domain(layer) switch
        {
            TimeDomain.Source => " (of the source)",
            TimeDomain.Single => " once a sequence",
            _ => "",
        };

    private static string Total(ModelGraph model, IReadOnlyList<LayerPlan> plans)
    {
        var attention = plans.Where((_, i) => model.Layers[i].IsAttention).Sum(p => p.MultiplyAdds);
        var steps = ByTime(model, domain =>
            plans.Where((_, i) => !model.Layers[i].IsAttention && Domain(model.Layers[i]) == domain).Sum(p => p.MultiplyAdds));
        return steps + (attention == 0 ? "" : $", and {N(attention)} for each step and step of the source");
    }

    /// <summary>A number for a step of the model, and others for what has another time.</summary>
    private static string ByTime(ModelGraph model, Func<TimeDomain, long> count) =>
        N(count(TimeDomain.Main))
        + (model.Source is null ? "" : $", {N(count(TimeDomain.Source))} a step of the source")
        + (model.Layers.Any(l => Domain(l) == TimeDomain.Single) ? $", {N(count(TimeDomain.Single))} once a sequence" : "");

    private static long Tape(ModelGraph model, IReadOnlyList<LayerPlan> plans, TimeDomain domain) =>
        plans.Where((_, i) => Domain(model.Layers[i]) == domain)
        .Sum(p => p.TapeStride + (p.DPreOnTape ? 0 : p.DPreStride) + p.States.Sum(s => (long)RowLayout.Pad(s.Size)));

    /// <summary>All of a layer's numbers, but of what a token selects from only the row or column that it selects.</summary>
    private static long WeightsRead(ModelGraph model, IReadOnlyList<LayerPlan> plans, TimeDomain domain)
    {
        var tables = domain == TimeDomain.Main ? model.Inputs
            : domain == TimeDomain.Source && model.Source is { Input: InputKind.Mixed } source ? source.Inputs
            : EquatableArray<InputGraph>.Empty;
        var read = tables.Where(input => input.Kind == InputKind.Embedding).Sum(input => (long)input.Size);
        for (var i = 0; i < plans.Count; i++)
        {
            var layer = model.Layers[i];
            read += Domain(layer) != domain ? 0
                : layer.Wiring.Operation == LayerOperation.Embedding ? layer.HiddenSize
                : layer.Cell.Parameters.Sum(p => (long)layer.Size(p.Rows)
                    * (p.IsVector || (plans[i].ReadsToken && p.Columns == "Input") ? 1 : layer.Size(p.Columns)));
        }

        return read;
    }

    private static string Row(string term, string description) =>
        $"<item><term>{Names.Xml(term)}</term><description>{Names.Xml(description)}</description></item>";

    private static string N(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
