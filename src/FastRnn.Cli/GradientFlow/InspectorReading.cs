using FastRnn.Diagnostics;

namespace FastRnn.Cli.GradientFlow;

/// <summary>What a page shows of an inspector.</summary>
internal static class InspectorReading
{
    /// <summary>The gradients of all carried states, by their distance from the end.</summary>
    public static List<StateFlow> Flows<TModel>(Inspector<TModel> inspector)
        where TModel : class, IModel<TModel>
    {
        var flows = new List<StateFlow>();
        var layers = TModel.Info.Layers;
        for (var l = 0; l < layers.Count; l++)
        {
            for (var s = 0; s < layers[l].States.Count && layers[l].IsRecurrent; s++)
            {
                var (layer, state) = (l, s);
                var unit = inspector.GradientNorm(l, 0, inspector.Steps);
                flows.Add(new StateFlow(
                    layers.Count(info => info.IsRecurrent) > 1
                        ? FormattableString.Invariant($"{layers[l].States[s].Name} of layer {l}") : layers[l].States[s].Name,
                    [.. Enumerable.Range(0, inspector.Steps)
                        .Select(d => Finite(inspector.GradientNorm(layer, state, inspector.Steps - d) / unit))]));
            }
        }

        return flows;
    }

    /// <summary>All gates of all layers.</summary>
    public static List<GateShare> Gates<TModel>(Inspector<TModel> inspector)
        where TModel : class, IModel<TModel>
    {
        var gates = new List<GateShare>();
        for (var l = 0; l < TModel.Info.Layers.Count; l++)
        {
            foreach (var activation in Inspector<TModel>.Activations(l))
            {
                var share = inspector.Saturation(l, activation.Name);
                gates.Add(new GateShare(
                    l, activation.Name, activation.Function.ToString(), share.Low, share.High, Finite(share.Mean) ?? 0,
                    share.LowByUnit.Count(low => low == 1)));
            }
        }

        return gates;
    }

    /// <summary>What a file of JSON can hold.</summary>
    public static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
