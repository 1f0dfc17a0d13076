using FastRnn.Interchange.Networks;

namespace FastRnn.Interchange.Onnx.Understanding;

/// <summary>Means and maxima over the steps.</summary>
internal static class PoolRules
{
    public static IReadOnlyList<Value> Reduce(NodeCall call)
    {
        var (stage, data) = ChainData.Of(call.Node.Place, ViewRules.Data(call));
        var axes = call.Integers(1, "axes")?.Select(a => call.Axis(a, data.Rank)).ToArray() ?? [];
        if (axes is not [var axis]
            || data.Axes[axis].Where(a => a.Tag.Size > 1 || a.Role == Axis.Time).ToArray() is not [{ Role: Axis.Time } time]
            || time.Size != time.Tag.Size)
        {
            var all = string.Join(", ", axes);
            return [call.Refuse($"reduces dimensions [{all}] of {stage.Description} {data.ShapeText()}: expected all steps")];
        }

        if (stage.HasLengths)
            return [call.Refuse($"reduces over padded sequences of {stage.Description}")];
        var pooling = call.Node.Operator == "ReduceMean" ? Pooling.Mean : Pooling.Max;
        var rest = data.WithAxis(axis, []).Of(stage.Pool(new PoolLayer(call.Name, pooling)));
        return [call.Attributes.Integer("keepdims", 1) == 0 ? SymbolViews.Squeeze(rest, [axis]) : rest];
    }
}
